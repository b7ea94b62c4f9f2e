import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, COLLAPSED_WIDTH, placeDock } from '../../../entrypoints/overlay/dock-place.ts';

const view = { width: 1280, height: 800 };
const insets = { top: 64, right: 56, bottom: 0 };
const place = (...obstacles: Box[]) => placeDock(view, insets, 360, obstacles);

describe('the dock’s place', () => {
  it('is at the right edge where nothing stands in the way', () => {
    expect(place({ left: 0, top: 0, right: 500, bottom: 800 })).toEqual({
      ...insets,
      width: 360,
      folded: false,
      floats: false,
    });
  });

  it('is left of what stands at the right edge', () => {
    expect(place({ left: 900, top: 0, right: 1280, bottom: 800 })).toMatchObject({
      right: 380,
      folded: false,
      floats: false,
    });
  });

  it('is left of two rails beside one another', () => {
    const rail = { left: 1220, top: 0, right: 1280, bottom: 800 };
    const drawer = { left: 1000, top: 0, right: 1220, bottom: 800 };
    expect(place(drawer, rail)).toMatchObject({ right: 280, folded: false });
  });

  it('ends above what stands at the bottom while enough of it is left', () => {
    expect(place({ left: 700, top: 450, right: 1200, bottom: 800 })).toMatchObject({
      bottom: 350,
      folded: false,
    });
  });

  it('is left of a compose window that leaves no room above it, and lies on the page as that does', () => {
    expect(place({ left: 700, top: 200, right: 1200, bottom: 800 })).toEqual({
      top: 64,
      right: 580,
      bottom: 0,
      width: 360,
      folded: false,
      floats: true,
    });
  });

  it('is a tab beside a compose window that leaves no room on its left, either', () => {
    expect(place({ left: 500, top: 200, right: 1200, bottom: 800 })).toEqual({
      top: 64,
      right: 780,
      bottom: 496,
      width: COLLAPSED_WIDTH,
      folded: true,
      floats: true,
    });
  });

  it('is a tab above a compose window of a narrow one, for which the page makes room', () => {
    expect(place({ left: 140, top: 340, right: 1200, bottom: 800 })).toMatchObject({
      top: 64,
      right: 56,
      folded: true,
      floats: false,
    });
  });

  it('is a tab where moving left would leave nothing of the page', () => {
    expect(place({ left: 300, top: 0, right: 1280, bottom: 700 })).toMatchObject({ folded: true });
  });

  it('is no tab outside the window, where nothing would be covered either', () => {
    const { right, width } = place(
      { left: 0, top: 0, right: 589, bottom: 561 },
      { left: 632, top: 57, right: 1181, bottom: 561 },
    );
    expect(right + width).toBeLessThanOrEqual(1280);
  });

  it('never covers an obstacle while there is a place that does not, and stays in the window', () => {
    const box = fc
      .record({
        left: fc.integer({ min: 0, max: 1200 }),
        top: fc.integer({ min: 0, max: 750 }),
        width: fc.integer({ min: 10, max: 600 }),
        height: fc.integer({ min: 10, max: 800 }),
      })
      .map(({ left, top, width, height }) => ({
        left,
        top,
        right: Math.min(1280, left + width),
        bottom: Math.min(800, top + height),
      }));
    fc.assert(
      fc.property(fc.array(box, { maxLength: 5 }), fc.boolean(), (boxes, collapsed) => {
        const { top, right, bottom, width, folded } = placeDock(view, insets, collapsed ? 44 : 360, boxes);
        expect(1280 - right - width).toBeGreaterThanOrEqual(0);
        expect(800 - top - bottom).toBeGreaterThanOrEqual(folded ? 240 : 320);
        if (folded) return;
        const covered = boxes.filter(
          (one) =>
            one.left < 1280 - right &&
            one.right > 1280 - right - width &&
            one.top < 800 - bottom &&
            one.bottom > top,
        );
        expect(covered).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
