import type { ReactNode } from 'react';
import type { Block } from '@loadstair/labs';

/** Paragraphs and commands of a guide. */
export function Prose({ blocks }: { readonly blocks: readonly Block[] }): ReactNode {
  return blocks.map((block, index) =>
    block.kind === 'command' ? (
      <pre key={index} tabIndex={0}>
        {block.text}
      </pre>
    ) : (
      <p key={index}>{block.text}</p>
    ),
  );
}
