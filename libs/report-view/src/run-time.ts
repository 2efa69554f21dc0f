/** Time since the start of what is shown, `m:ss`. */
export function runTime(elapsedS: number): string {
  const whole = Math.max(0, Math.round(elapsedS));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
