import { registerComponent } from '@loadstair/components';
import { registerPanels } from '@loadstair/components/panels';
import { allOf } from '@loadstair/kit';
import { registerResource } from '@loadstair/resources';
import { registerStage } from '@loadstair/stages';
import { inkpress } from './inkpress/inkpress.ts';
import { inkpressPanels } from './inkpress/panels.ts';
import { stampInk } from './stamp-ink.ts';
import { stampedPhotos } from './stage.ts';

/** Makes the stage known with all that it brings; gives what makes all of it unknown again. */
export function registerStampedPhotos(): () => void {
  return allOf([
    registerResource(stampInk),
    registerComponent(inkpress),
    registerPanels(inkpress.declaration.kind, inkpressPanels),
    registerStage(stampedPhotos),
  ]);
}
