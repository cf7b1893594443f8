export { checkOneName, FILE_NAME, illegalName, nameOf, type NameUse } from './name';
export { onlyFileName, selectFiles } from './select';
export { textSource, unreadable, type FileSource } from './source';
