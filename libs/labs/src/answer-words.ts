import type { Answer, Form, Unit } from './answer.ts';

/** `20–40/s`, `db-1`, `81 %`, `not sure` */
export function answerWords(form: Form, given: Answer): string {
  switch (given.kind) {
    case 'choice':
      return (form.kind === 'choice' ? form.options.find((option) => option.value === given.value)?.label : undefined) ?? given.value;
    case 'range':
      return withUnit(`${plain(given.low)}–${plain(given.high)}`, form.kind === 'choice' ? '' : form.unit);
    case 'number':
      return withUnit(plain(given.value), form.kind === 'choice' ? '' : form.unit);
    case 'unsure':
      return 'not sure';
  }
}

/** `36.0/s`, `81 %`, `×1.8`, `4.1 s` */
export function withUnit(text: string, unit: Unit): string {
  switch (unit) {
    case '/s':
      return `${text}/s`;
    case '×':
      return `×${text}`;
    case '':
      return text;
    default:
      return `${text} ${unit}`;
  }
}

/** What is left of a lab: `12 min of runs`; how long somebody thinks is not told. Seconds go in. */
export function runsWords({ full }: { readonly full: number }): string {
  return `${Math.max(1, Math.round(full / 60))} min of runs`;
}

/** As it was typed, without digits nobody typed. */
function plain(value: number): string {
  return String(Number(value.toFixed(3)));
}
