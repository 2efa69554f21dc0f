import { dialled, type Experiment } from '@loadstair/experiments';
import { dial } from '@loadstair/operations';

export const aroundTheBalancer: Experiment = {
  name: 'around-the-balancer',
  stage: 3,
  title: 'A client bypasses the balancer',
  happens: 'A client connects directly to a web server’s private address, then to the public address.',
  takesS: { full: 10, quick: 10 },
  profile: 'reads',
  first: [dial({ to: { tier: 'web' } }), dial({ to: 'public' })],
  phases: [],
  expectations: [dialled({ to: 'private', answer: 'refused' }), dialled({ to: 'public', answer: 'connected' })],
};
