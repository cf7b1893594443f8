export { retryAfter } from './oss-error';
export type { PutTarget } from './put-object';
export { putWithPermit, type Permit, type PutWithPermitResult } from './put-with-permit';
export { assertSignedHeaders, unsendableHeader } from './signed-headers';
export { assertStorageUrl } from './storage-url';
