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
export { countWrites, type LostWrite } from './actions/count-writes.ts';
export { crash } from './actions/crash.ts';
export { destroy } from './actions/destroy.ts';
export { dial } from './actions/dial.ts';
export { failover } from './actions/failover.ts';
export { guarantee } from './actions/guarantee.ts';
export { powerLoss } from './actions/power-loss.ts';
export { powerOn } from './actions/power-on.ts';
export { lagWords, predictLosses } from './actions/predict-losses.ts';
export { purge } from './actions/purge.ts';
export { recover, restoredRows } from './actions/recover.ts';
export { replace } from './actions/replace.ts';
export { resize } from './actions/resize.ts';
export { scale } from './actions/scale.ts';
export { set } from './actions/set.ts';
export { visit } from './actions/visit.ts';
export {
  CLIENTS,
  DATABASES,
  EDGES,
  MACHINES,
  POWER,
  PROMISES,
  type Answer,
  type Clients,
  type Databases,
  type Edges,
  type FailedOver,
  type Machines,
  type Power,
  type PromisedRow,
  type Promises,
  type RecoveredFrom,
  type ReplicationLag,
  type Visited,
  type VisitOf,
} from './capabilities.ts';
export { capability, offer, offeredIn, type Capability, type Offered } from './capability.ts';
export { actionFrom, actions, requestOf } from './catalogue.ts';
export { databasesOf, WhichGroup } from './databases-of.ts';
export { OPERATION, OPERATION_EVENT, type Operation, type OperationEvent } from './operation.ts';
export { MissingCapability, NoSuchHost, Refused, UnknownSubject } from './problems.ts';
export { withOffers, type OperableSite, type SiteHost } from './site.ts';
