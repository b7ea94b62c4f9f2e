import { gmailFixtures } from './site-fixtures.ts';

/** The bottom row of a compose as of 2020 and later, by shape; labels in a language nobody reads here. */
const TOOLBAR = `<table class="IZ" role="group"><tbody><tr class="btC">
  <td class="gU Up"><div class="J-J5-Ji btA"><div class="dC">
    <div class="T-I J-J5-Ji aoO v7 T-I-atl L3" role="button" tabindex="1">Küldés</div>
    <div class="T-I J-J5-Ji hG T-I-atl L3" role="button" tabindex="1" aria-haspopup="true"><div class="G-asx"></div></div>
  </div></div></td>
  <td class="gU Up"><div><div><div class="T-I J-J5-Ji Uo v7 T-I-atl L3" role="button" tabindex="1">Küldés és archiválás</div></div></div></td>
  <td class="gU"><div class="oh J-Z-I J-J5-Ji T-I-ax7" role="button" tabindex="1"></div></td>
</tr></tbody></table>
<div class="J-M" role="menu" aria-haspopup="true"><div class="J-N yr" role="menuitem" selector="scheduledSend">Időzítés</div></div>`;

/** A page with a compose that can be sent, as HTML. */
export function sendablePage(name: 'compose-popup' | 'compose-inline' | 'compose-minimised'): string {
  const { html } = gmailFixtures.find((fixture) => fixture.name === name)!;
  // The form before is the search box.
  return html.replace(/<\/form>(?!.*<\/form>)/su, `</form>${TOOLBAR}`);
}

/** The notice at the bottom left after an action that can be taken back. */
export const NOTICE =
  '<div class="b8 UC" role="alert" aria-live="assertive"><div class="vh"><span class="aT"><span class="bAq">Elküldve</span> <span id="link_undo" role="link" tabindex="0">Visszavonás</span></span></div></div>';
