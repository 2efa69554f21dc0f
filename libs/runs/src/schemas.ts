export { MANIFEST as MANIFEST_SCHEMA } from './manifest.ts';
export { RUN_LABEL as RUN_LABEL_SCHEMA } from './run-label.ts';
export { KEPT_SERIES as KEPT_SERIES_SCHEMA } from './series.ts';
export { RUN_DATA as RUN_DATA_SCHEMA } from './foreign/run-data-schema.ts';
export {
  CONFIRMATION as CONFIRMATION_SCHEMA,
  OUTCOME as OUTCOME_SCHEMA,
  SEARCH as SEARCH_SCHEMA,
  VERDICT as VERDICT_SCHEMA,
} from './foreign/verdict-schema.ts';
export { EVENT as EVENT_SCHEMA } from './foreign/event-schema.ts';
export { PARTS } from './signals/request-traits.ts';
