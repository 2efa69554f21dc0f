export {
  defineAction,
  type Action,
  type ActionDefinition,
  type ActionResult,
  type AnyAction,
  type Done,
  type Given,
  type Subject,
} from './action.ts';
export { askEdges } from './actions/ask-edges.ts';
export { clear } from './actions/clear.ts';
export { countWrites } from './actions/count-writes.ts';
export { dial } from './actions/dial.ts';
export { failover } from './actions/failover.ts';
export { guarantee } from './actions/guarantee.ts';
export { kill } from './actions/kill.ts';
export { purge } from './actions/purge.ts';
export { recover, restoredRows } from './actions/recover.ts';
export { replace } from './actions/replace.ts';
export { resize } from './actions/resize.ts';
export { scale } from './actions/scale.ts';
export { set } from './actions/set.ts';
export {
  CLIENTS,
  DATABASES,
  EDGES,
  MACHINES,
  PROMISES,
  type Answer,
  type Clients,
  type Databases,
  type Edges,
  type FailedOver,
  type Machines,
  type PromisedRow,
  type Promises,
  type RecoveredFrom,
} from './capabilities.ts';
export { capability, offer, offeredIn, type Capability, type Offered } from './capability.ts';
export { actionFrom, actions, requestOf } from './catalogue.ts';
export { databasesOf, WhichGroup } from './databases-of.ts';
export { OPERATION, OPERATION_EVENT, type Operation, type OperationEvent } from './operation.ts';
export { MissingCapability, NoSuchHost, Refused, UnknownSubject } from './problems.ts';
export { withOffers, type OperableSite, type SiteHost } from './site.ts';
