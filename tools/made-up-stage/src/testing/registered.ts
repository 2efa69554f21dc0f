import { afterAll, beforeAll } from '@jest/globals';
import { registerStampedPhotos } from '../register.ts';

/** The stage is known while the tests of a file run, and unknown again afterwards. */
export function whileRegistered(): void {
  let forget: (() => void) | null = null;
  beforeAll(() => {
    forget = registerStampedPhotos();
  });
  afterAll(() => forget?.());
}
