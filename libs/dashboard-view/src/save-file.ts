/** Hands a text over as a file to keep. */
export function saveFile(name: string, type: 'text/csv' | 'image/svg+xml' | 'application/json', text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
