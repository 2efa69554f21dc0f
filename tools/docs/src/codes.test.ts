import { expect, it } from '@jest/globals';
import { codesPage, declaredCodes, usedCodes } from './codes.ts';

it('every error code in the sources is declared once, and every declared one is used', async () => {
  const declared = (await declaredCodes()).map(({ code }) => code).filter((code) => code.startsWith('E_'));
  expect(declared.length).toBeGreaterThan(80);
  expect([...usedCodes().keys()].sort()).toEqual(declared);
});

it('the page has every code with its meaning and what to do', async () => {
  const codes = await declaredCodes();
  const page = codesPage(codes);
  for (const { code, means, mend } of codes) {
    expect(page).toContain(`### ${code}\n\n${means}\n\n**What to do.** ${mend}`);
    expect(means).toMatch(/^(labd|[A-Z`])[\s\S]*\.$/);
    expect(mend).toMatch(/^(labd|[A-Z`])[\s\S]*\.$/);
  }
});

it('finds a code in a string, a template and the lines of a shell script, and none in a test', () => {
  const files = [
    { path: 'libs/a/src/a.ts', text: "code: 'E_ONE', other: `E_TWO`, prose: E_THREE" },
    { path: 'lab', text: 'more  E_FOUR · .lab/log' },
    { path: 'libs/a/src/a.test.ts', text: "'E_FIVE'" },
  ];
  expect([...usedCodes(files).keys()]).toEqual(['E_ONE', 'E_TWO', 'E_FOUR']);
});
