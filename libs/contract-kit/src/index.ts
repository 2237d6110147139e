export { AccessTokenGuard, OptionalTokenGuard, RefreshableTokenGuard } from './access-token.guard.js';
export { ApiTokenGuard } from './api-token.guard.js';
export { RecentLoginGuard } from './recent-login.guard.js';
export { bearerOf } from './bearer.js';
export {
  type Contract,
  type ContractRoot,
  defineContract,
  type ErrorAnswer,
  type WireError,
} from './contract.js';
export { clientAddress, readClientAddresses } from './client-address.js';
export { corsRules } from './cors.js';
export { ContractKitModule } from './contract-kit.module.js';
export {
  AnyString,
  EmailAddress,
  Exactly,
  field,
  GivenPassword,
  NewPassword,
  NewUsername,
  OptionalEmailAddress,
  OptionalLink,
  OptionalText,
  PersonName,
  SameAs,
  Text,
} from './fields.js';
export { BODY_LIMIT, createHttpSurface } from './http-surface.js';
export { Documented, type DocumentedParameter, type Operation } from './openapi/documented.js';
export { Refuses } from './openapi/guard-facts.js';
export { documentsOf, serveDocuments } from './openapi/serve-documents.js';
export {
  always,
  flag,
  integer,
  list,
  mapOf,
  moment,
  nothing,
  nullable,
  oneOf,
  record,
  serialised,
  type Shape,
  type Shown,
  text,
  uuid,
} from './openapi/shapes.js';
export { CurrentCaller, CurrentToken, OptionalToken } from './request-parameters.js';
export { prefixOf, resolveContract, rewriteUrl, type RootTable, rootTable } from './resolve-contract.js';
export { presentProblem, Problem } from './service-errors.js';
export { SessionIdParam, UserIdParam } from './id-parameters.js';
export { linksOf } from './links.js';
export { Flag, WholeNumber } from './query-fields.js';
export { ValidBody, validFields, ValidQuery } from './valid-body.js';
export { nameIn, sessionIn, Throttled } from './throttle/throttled.js';
