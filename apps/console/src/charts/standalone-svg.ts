/** What a drawing has from the page's style sheets. */
const OF_ALL = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'paint-order'];
const OF_TEXT = ['font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'text-anchor'];

/** A drawing as the text of a file that needs no style sheet: in the colours it is seen in now, on their background. */
export function standaloneSvg(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [index, element] of [drawing, ...drawing.querySelectorAll('*')].entries()) {
    const styled = copies[index];
    if (!(styled instanceof SVGElement)) continue;
    const style = getComputedStyle(element);
    for (const name of element.tagName === 'text' ? [...OF_ALL, ...OF_TEXT] : OF_ALL)
      styled.style.setProperty(name, style.getPropertyValue(name));
    styled.removeAttribute('class');
  }
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const background = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  background.setAttribute('width', String(width));
  background.setAttribute('height', String(height));
  background.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(background);
  return new XMLSerializer().serializeToString(copy);
}
