// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createReservedRoom } from '../../../entrypoints/overlay/reserved-room.ts';

const PAGE = '<main style="color: red; max-width: 90%;"><p>left</p></main><aside>right</aside>';
const main = () => document.querySelector('main')!;
const aside = () => document.querySelector('aside')!;
let room: ReturnType<typeof createReservedRoom>;

beforeEach(() => {
  document.body.innerHTML = PAGE;
  // jsdom has no layout: everything fills a window of 1,000 pixels.
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 1_000, 800));
  room = createReservedRoom([
    ['main', 'max-width'],
    ['aside', 'margin-right'],
    ['.absent', 'max-width'],
  ]);
});

describe('room for the dock', () => {
  it('is taken from what the site has named, and given back without a trace', () => {
    room.take(640);
    expect(main().style.maxWidth).toBe('640px');
    expect(main().style.getPropertyPriority('max-width')).toBe('important');
    expect(aside().style.marginRight).toBe('360px');
    room.release();
    expect(document.body.innerHTML).toBe(PAGE);
  });

  it('follows the dock’s width', () => {
    room.take(640);
    room.take(700);
    expect([main().style.maxWidth, aside().style.marginRight]).toEqual(['700px', '300px']);
    room.release();
    expect(document.body.innerHTML).toBe(PAGE);
  });

  it('is taken again from an element that the page has drawn anew', () => {
    room.take(640);
    document.body.innerHTML = PAGE;
    room.take(640);
    expect(main().style.maxWidth).toBe('640px');
  });

  it('leaves alone what the page itself has set in the meantime', () => {
    room.take(640);
    main().style.setProperty('max-width', '50%');
    room.release();
    expect(main().style.maxWidth).toBe('50%');
  });

  it('is not needed where nothing reaches so far', () => {
    room.take(1_000);
    expect(document.body.innerHTML).toBe(PAGE);
  });
});

describe('room for a dock at the left', () => {
  it('moves what gives way, narrows what is as wide as it likes, and leaves no trace', () => {
    room.take(360, 'left');
    expect([main().style.marginLeft, main().style.maxWidth]).toEqual(['360px', '640px']);
    expect([aside().style.marginLeft, aside().style.marginRight]).toEqual(['360px', '']);
    room.release();
    expect(document.body.innerHTML).toBe(PAGE);
  });

  it('begins where the page’s content does, also after that was moved', () => {
    expect(room.start()).toBe(0);
    room.take(360, 'left');
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(360, 0, 640, 800));
    expect(room.start()).toBe(0);
    expect(createReservedRoom([['.absent', 'max-width']]).start()).toBe(0);
  });

  it('changes sides', () => {
    room.take(360, 'left');
    room.take(640, 'right');
    expect([aside().style.marginLeft, aside().style.marginRight]).toEqual(['', '360px']);
    room.release();
    expect(document.body.innerHTML).toBe(PAGE);
  });
});
