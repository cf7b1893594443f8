/**
 * The published package has no dependency but undici: the build puts what is used of hash-wasm (MIT)
 * in the place of this file, as one readable file with its licence beside it.
 */
export { createCRC64, createSHA1, type IHasher } from 'hash-wasm';
