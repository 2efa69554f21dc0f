/** Words without the breaks of lines. */
export function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
