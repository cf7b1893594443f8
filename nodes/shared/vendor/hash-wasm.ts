/**
 * The parts of hash-wasm that are used. The published package depends on undici only: the build
 * replaces this file with them, as one readable file with its licence (MIT) beside it.
 */
export { createCRC64, createSHA1, type IHasher } from 'hash-wasm';
