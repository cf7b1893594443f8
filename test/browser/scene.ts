import type { LocalDingTalk } from '../local-dingtalk';
import { CredentialDialog } from './credential-dialog';
import type { Editor } from './editor';
import { Picker } from './picker';
import type { Shoot } from './screenshots';

/** What the steps work with. */
export interface Scene {
	editor: Editor;
	credential: CredentialDialog;
	knowledgeBase: Picker;
	parent: Picker;
	service: LocalDingTalk;
	shoot: Shoot;
}

export function sceneOf(editor: Editor, service: LocalDingTalk, shoot: Shoot): Scene {
	return {
		editor,
		credential: new CredentialDialog(editor),
		knowledgeBase: new Picker(editor, 'knowledgeBase'),
		parent: new Picker(editor, 'parent'),
		service,
		shoot,
	};
}
