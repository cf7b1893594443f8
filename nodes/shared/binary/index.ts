export { checkOneName, FILE_NAME, illegalName, nameOf, type NameUse } from './name';
export { onlyFileName, selectFiles } from './select';
export { readFile, type ReadOptions } from './read';
export { storeFile } from './store';
export { contentOf, textSource, type Content, type FileSource } from './source';
