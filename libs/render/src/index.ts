export { renderCompose, type RenderedFile } from './compose.ts';
export { planForContainers } from './container-plan.ts';
