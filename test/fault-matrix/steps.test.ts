import { testMatrix } from './matrix';
import { STEPS } from './steps';

testMatrix([
	{ step: STEPS.token, section: 'The access token' },
	{ step: STEPS.info, section: 'Upload info' },
	{ step: STEPS.put, section: 'PUT of a file' },
	{ step: STEPS['doc info'], section: 'Upload info of a document resource' },
	{ step: STEPS['doc put'], section: 'PUT of a document resource' },
]);
