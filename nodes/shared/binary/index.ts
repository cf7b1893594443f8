export { illegalName, nameOf } from './name';
export { selectFiles } from './select';
export { textSource, unreadable, type FileSource } from './source';
