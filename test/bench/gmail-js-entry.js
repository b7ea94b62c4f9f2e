// JavaScript, because the package's typings are no module.
import { Gmail } from 'gmail-js';
import jquery from 'jquery';

const gmail = new Gmail(jquery);

/** What gmail.js offers nearest to reading a list: sender and address of each visible row. */
export const visibleMessages = () => gmail.dom.visible_messages();
