export { selectFiles } from './select';
export { textSource, unreadable, type FileSource } from './source';
