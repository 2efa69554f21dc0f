const NARROWEST = 40;

/** Long lines go on below their own text, at `indent`. */
export function wrap(line: string, columns: number, indent: number): string[] {
  const width = Math.max(NARROWEST, columns);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const cut = rest.lastIndexOf(' ', width);
    const at = cut <= indent ? width : cut;
    lines.push(rest.slice(0, at));
    rest = ' '.repeat(indent) + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
