export { type Query } from './address';
export { notJson, readAnswer, type Called, type ErrorText, type Wording } from './answer';
export {
	ServiceClient,
	type Authorization,
	type ClientOptions,
	type OutgoingRequest,
	type Service,
	type ServiceCall,
} from './client';
export { postJson, sendRequest } from './send';
