export { compareETag, compareETags, md5Of, type Verdict } from './checksum';
export { combineCrc64, Crc64 } from './crc64';
export { putFile, type PutFileResult } from './put-file';
export { wrongLength, type SignedTarget } from './put-object';
export { assertSignedHeaders, unsendableHeader } from './signed-headers';
export { assertFitsOnePut, MAX_PUT_SIZE } from './size-limit';
export { isStorageETag } from './storage-answer';
export { assertStorageUrl } from './storage-url';
