import { useRef, type ReactNode } from 'react';
import { saveFile } from '@loadstair/dashboard-view/save-file';
import type { Html } from '@loadstair/report-view';
import { Draggable, type PlotArea } from './draggable.tsx';
import { standaloneSvg } from './standalone-svg.ts';
import { ZoomButtons, type ZoomedAxis } from './zoom-buttons.tsx';

/**
 * A drawing of report-view, which can be saved as a file of its own.
 *
 * @param props.file name of the file, without its ending
 * @param props.caption says how it is to be read
 * @param props.zoom the axis of which a part can be looked at
 * @param props.tools other buttons below it
 */
export function Drawing({
  part,
  file,
  caption = null,
  zoom = null,
  tools = null,
}: {
  readonly part: Html;
  readonly file: string;
  readonly caption?: ReactNode;
  readonly zoom?: (ZoomedAxis & { readonly plot: PlotArea }) | null;
  readonly tools?: ReactNode;
}): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const save = (): void => {
    const drawing = frame.current?.querySelector('svg');
    if (drawing instanceof SVGSVGElement) saveFile(`${file}.svg`, 'image/svg+xml', standaloneSvg(drawing));
  };
  const drawn = <div ref={frame} dangerouslySetInnerHTML={{ __html: part.text }} />;
  return (
    <figure className="drawing">
      {zoom === null ? (
        drawn
      ) : (
        <Draggable plot={zoom.plot} shown={zoom.shown ?? zoom.whole} least={zoom.least} onShow={zoom.onShow}>
          {drawn}
        </Draggable>
      )}
      {caption === null ? null : <figcaption>{caption}</figcaption>}
      <p className="tools">
        {zoom === null ? null : <ZoomButtons {...zoom} />}
        {tools}
        <button type="button" onClick={save}>
          Save SVG
        </button>
      </p>
    </figure>
  );
}
