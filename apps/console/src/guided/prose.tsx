import type { ReactNode } from 'react';
import type { Block, Inline } from '@loadstair/labs';
import { Link } from 'wouter';
import { hrefOf } from '../lab/copy.ts';

/** The prose of a guide. Marks are elements of ours: nothing of a guide is taken for markup. */
export function Prose({ stage, blocks }: { readonly stage: number; readonly blocks: readonly Block[] }): ReactNode {
  return (
    <div className="prose">
      {blocks.map((block, index) => (
        <BlockPart key={index} stage={stage} block={block} />
      ))}
    </div>
  );
}

function BlockPart({ stage, block }: { readonly stage: number; readonly block: Block }): ReactNode {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Inlines inlines={block.inlines} />
        </p>
      );
    case 'command':
      return <pre tabIndex={0}>{block.text}</pre>;
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Inlines inlines={item} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <div className="scroll" tabIndex={0} role="region" aria-label="Table">
          <table>
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index} scope="col">
                    <Inlines inlines={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, at) => (
                    <td key={at}>
                      <Inlines inlines={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'picture':
      return (
        <figure className="guide-picture">
          <img src={hrefOf(`/pictures/${stage}/${block.file}`)} alt={block.caption} loading="lazy" />
          <figcaption>{block.caption}</figcaption>
        </figure>
      );
  }
}

function Inlines({ inlines }: { readonly inlines: readonly Inline[] }): ReactNode {
  return inlines.map((inline, index) => <InlinePart key={index} inline={inline} />);
}

function InlinePart({ inline }: { readonly inline: Inline }): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'strong':
      return <strong>{inline.text}</strong>;
    case 'emphasis':
      return <em>{inline.text}</em>;
    case 'code':
      return <code>{inline.text}</code>;
    case 'link':
      return inline.href.startsWith('/') ? (
        <Link href={inline.href}>{inline.text}</Link>
      ) : (
        <a href={inline.href} rel="noreferrer">
          {inline.text}
        </a>
      );
  }
}
