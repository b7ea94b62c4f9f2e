import * as gmailJs from 'gmail-js';
import jquery from 'jquery';

// Its typings declare globals instead of a module; this is the part of it we use.
const { Gmail } = gmailJs as unknown as {
  Gmail: new (jQuery: unknown) => { dom: { visible_messages(): unknown[] } };
};
const gmail = new Gmail(jquery);

/** What gmail.js offers nearest to reading a list: sender and address of each visible row. */
export const visibleMessages = () => gmail.dom.visible_messages();
