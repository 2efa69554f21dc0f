export {
  CONSISTENCIES,
  FROM_SITE_ITSELF,
  parsePlan,
  STAMPEDES,
  type Caches,
  type Consistency,
  type DatabaseGroup,
  type DatabaseMember,
  type Files,
  type PeerServer,
  type SitePlan,
  type Stampede,
} from './plan.ts';
