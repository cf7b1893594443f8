export { retryAfter } from './oss-error';
export type { PutTarget } from './put-object';
export { putWithPermit, type Permit, type PutWithPermitResult } from './put-with-permit';
export { assertStorageUrl } from './storage-url';
