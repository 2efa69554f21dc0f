import type { AskedQuestion, Lab, LabStep } from '@loadstair/labs';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { stepsInOrder, type JudgedRun, type LabTaker, type Mark } from './lab-taker.ts';
import { countRepeat, MOST_REPEATS } from './repeated.ts';
import { words } from './words.ts';

const PAGE_MS = 15_000;

/** Somebody at the first step of a lab in the console, who takes its quick form. */
export function browserTaker(page: Page, lab: Lab, runMs: number): LabTaker {
  const checkOf = ({ ask }: Pick<AskedQuestion, 'ask'>): Locator => page.locator('.check').filter({ hasText: ask });
  return {
    async predict(step, said) {
      for (const asked of step.predict) {
        const [group, answer] = [page.getByRole('group', { name: asked.ask }), said[asked.key] ?? '?'];
        if (asked.question.draws === 'tier') await pickOnPicture(page, group, asked, answer);
        else await fill(group, asked, answer);
      }
      await page.getByLabel('Why? In one line').fill('a guess');
      await page.getByRole('radio', { name: 'guess' }).check();
      return judgedOn(page, step, runMs);
    },
    async change(step, set) {
      await page.getByLabel('Your change').fill(set);
      return judgedOn(page, step, runMs);
    },
    async skip(step) {
      await page.getByRole('button', { name: 'Skip…' }).click();
      await page.getByRole('button', { name: 'Yes' }).click();
      await page.getByRole('link', { name: step === stepsInOrder(lab).at(-1) ? 'That was the last step' : /^Continue with step/ }).click();
    },
    async check(asked, said) {
      const section = checkOf(asked);
      const before = await section.locator('[aria-live] p').allInnerTexts();
      await fill(section, asked, said);
      await section.getByRole('button', { name: 'Check' }).click();
      return eventually(`a reply to ${asked.key}`, PAGE_MS, async () => {
        const replies = await section.locator('[aria-live] p').allInnerTexts();
        return replies.join() === before.join() ? null : ((replies.find((text) => /^[✓✗?] /.test(text))?.[0] ?? null) as Mark | null);
      });
    },
    async hint(asked, run) {
      const section = checkOf(asked);
      await section.getByRole('button', { name: 'Show me where to look' }).click();
      const link = section.locator('.hint').getByRole('link');
      await link.waitFor({ timeout: PAGE_MS });
      const here = page.url();
      await link.click();
      if (run !== null) await page.locator('.pointed-at').waitFor({ timeout: PAGE_MS });
      await page.goto(here);
      await section.waitFor({ timeout: PAGE_MS });
    },
    async reflect(step, text) {
      await page.getByLabel(step.reflect ?? '').fill(text);
      await page.getByRole('button', { name: 'Done' }).click();
    },
    async passed(step) {
      await page.getByText('✓ Passed.').waitFor({ timeout: PAGE_MS });
      const last = step === stepsInOrder(lab).at(-1);
      await page.getByRole('link', { name: last ? 'That was the last step' : /^Continue with step/ }).click();
      await page.getByText('✓ Passed.').waitFor({ state: 'hidden', timeout: PAGE_MS });
    },
  };
}

/** Presses Quick until a run was judged; one that was refused is run again. */
async function judgedOn(page: Page, step: LabStep, runMs: number): Promise<JudgedRun> {
  for (let repeats = 0; ; repeats += 1) {
    await page.getByRole('button', { name: /^Quick, \d:\d\d$/ }).click();
    await page.getByText('this page continues when it has ended').waitFor({ timeout: PAGE_MS });
    const happened = page.locator('.expectations, p:has-text("cannot be judged")').first();
    await happened.waitFor({ timeout: runMs });
    const shown = words(await happened.innerText());
    if (shown.includes('cannot be judged')) {
      if (repeats === MOST_REPEATS) throw new Error(`Refused ${1 + MOST_REPEATS} times in step ${step.id}.`);
      countRepeat(shown);
      continue;
    }
    const link = await page.getByRole('link', { name: /^Run \w{4}$/ }).innerText();
    return { run: link.replace('Run ', ''), shown };
  }
}

/** What is pressed on the picture is taken in the list. */
async function pickOnPicture(page: Page, list: Locator, asked: AskedQuestion, tier: string): Promise<void> {
  await page.getByRole('radiogroup', { name: asked.ask }).locator(`[data-pick="${tier}"]`).click();
  await list.getByRole('radio', { name: labelOf(asked, tier), exact: true, checked: true }).waitFor({ timeout: PAGE_MS });
}

function labelOf({ question: { form } }: AskedQuestion, value: string): string {
  return (form.kind === 'choice' ? form.options.find((option) => option.value === value)?.label : undefined) ?? value;
}

async function fill(place: Locator, asked: AskedQuestion, said: string): Promise<void> {
  const { ask } = asked;
  switch (asked.question.form.kind) {
    case 'choice':
      await place.getByRole('radio', { name: labelOf(asked, said), exact: true }).check();
      return;
    case 'range': {
      const [low = '', high = ''] = said.split('-');
      await place.getByLabel(`${ask} At least`).fill(low);
      await place.getByLabel(`${ask} At most`).fill(high);
      return;
    }
    case 'number':
      await place.getByRole('textbox').fill(said);
  }
}
