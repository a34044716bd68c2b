/**
 * Surnames that are ordinary words, places or days as well: alone they do not say that somebody is meant. Our own list,
 * of the commonest; in plain letters.
 */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `abbey april archer ash august autumn baker ball banks barber barker barn bath beach bean bell best bird bishop black
  blue bolt bond booth bow bowl box branch brand bridge bright brook brooks brown buck bull burn bush butcher butler
  cannon card care carpenter carter case castle chamber chambers chance chapel chase child church clay clerk close coal
  coffee coles constable cook cooper corner cross crown dale dark dawn day days dean derby dove down draper drew drive
  duke early earl east england english farm farmer farrow field fields finch fish fisher fisk flood flower ford forest
  foster fountain fox france french friday frost gale garden gardener gate gates glass glover gold golden good grace grant
  grave gray green grey grove guest hall hammer hand harbour hardy harper hart haven hawk hay head heart heath hill hills
  hogg holiday hollow holly hood hook hope horn house hunt hunter hurst ireland ivy jay joy judge july june justice keen
  kent key kidd king kings kitchen knight lake lamb lancaster lane large law lawn leaf leeds lincoln little lock london
  long lord love low lynch major man march marsh mason masters may mayor mead mercer mercy miller mills monday monk moon
  moore moss mountain needs new newton noble north norton oak olive order page paine pain paris park parker parks parson
  parsons peace peacock pearl penny pepper perry pike pit place plant player pond poole pool pope porter potter pound
  power price pride prince prior pryor purchase quick rain ray read reading real reed rich ring rivers road robin rock
  root rose rush rule sadler sage sail salmon salt sand saunders savage school scott sea self sharp shaw shepherd ship
  short silver singer skinner slack slate small smart smith snow south spark spence spring stamp steel steer stone storm
  street strong summer summers sunday swan sweet swift taylor temple thorn thursday tower town towns tree trees turner
  underwood usher vale walker wall walls ward waters weaver webb week wells west wheeler white wild will wills winter
  wise wolf wood woods worth wright york young`.split(/\s+/),
);

/** What people write in capitals and is seldom anybody's initials; in plain letters. */
export const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `ai at bc cc ce ceo cfo cia cv dc dm dpo dr eg eta etc eu ex faq foi gb gp hr ia ict id ie ii io
  ip is isp it iv ict mb me md mep mp mr ms my na nb ni no nhs ok os pa pc pdf pm po pr ps pt qc ra re rn sa sar
  sms tv uk un up us usa va vat vi vip vs we wfh`.split(/\s+/),
);
