export { selectFiles } from './select';
export { type FileSource } from './source';
