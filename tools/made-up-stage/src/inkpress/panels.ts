import { heldPanel, type ComponentPanels } from '@loadstair/components/panels';
import { rate, select, sum } from '@loadstair/telemetry';
import { STAMP_INK } from '../stamp-ink.ts';

/** What it tells at its port for metrics. */
const INKPRESS = { stamps: 'inkpress_stamps_total', smudged: 'inkpress_smudged_total', seconds: 'inkpress_drying_seconds' } as const;

export const inkpressPanels: ComponentPanels = {
  foreign: Object.values(INKPRESS),
  limits: { [STAMP_INK]: heldPanel(STAMP_INK, 'pads', 'ink pads') },
  requests: ({ tier }) => ({
    rate: {
      description: `Pages that each host of ${tier} stamped.`,
      unit: 'reqps',
      queries: [{ expr: sum(rate(INKPRESS.stamps, { tier }), ['host']), legend: '{{host}}', colour: 'shades' }],
    },
    errors: {
      description: `Share of the stamps of ${tier} that were smudged, because a pad was taken away too soon.`,
      unit: 'percentunit',
      queries: [{ expr: `${sum(rate(INKPRESS.smudged, { tier }))} / ${sum(rate(INKPRESS.stamps, { tier }))}` }],
    },
    duration: {
      description: `How long a stamp of ${tier} takes to dry, the last one of each host.`,
      unit: 's',
      queries: [{ expr: select(INKPRESS.seconds, { tier }), legend: '{{host}}' }],
    },
  }),
};
