export { selectFiles } from './select';
export { textSource, type FileSource } from './source';
