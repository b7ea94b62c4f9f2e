import { Gmail } from 'gmail-js';
import jquery from 'jquery';

const gmail = new Gmail(jquery);

/** What gmail.js offers nearest to reading a list: sender and address of each visible row. */
export const visibleMessages = () => gmail.dom.visible_messages();
