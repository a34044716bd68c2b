import { endTokensOfFormerMakers } from "#server/access/api-token/effects.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { setConnections, type OpenDuties } from "#server/base/connections.ts";
import {
  endDeputiesOfLeaver,
  listPeopleWithDeputies,
  settleStandIns,
  tellOfLostDuties,
} from "#server/people/deputy/effects.ts";
import {
  handOverExceptions,
  listPeopleWithExceptions,
  tellInPlaceOfAway,
  tellNewManagers,
  tellOfLostRoles,
} from "#server/policy/exception/leaver-effects.ts";
import { handOverActions, handOverActionsOfAway, listActionOwners } from "#server/registers/incident/effects.ts";
import {
  listPeopleInGroups,
  releaseFromGroups,
  returnToGroups,
  tellGroupDeputies,
} from "#server/registers/group/effects.ts";
import { listAdministeredGroups } from "#server/registers/group/administered-queries.ts";
import {
  handOverRequests,
  listPeopleWithRequests,
  passRequestsOn,
} from "#server/registers/information-request/effects.ts";
import {
  askForLeaversPhone,
  handOverPhoneChecks,
  listPeopleWithHeldPhones,
  tellInPlaceOfChecker,
} from "#server/registers/phone-return/effects.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";

/**
 * Tells the lower rooms what their actions lead to in the higher ones: called when the portal or a command starts.
 * @param listOpenDuties of the portal alone, where administrators are asked: it needs what pages need
 */
export function connectRooms(listOpenDuties: OpenDuties = async () => Promise.resolve([])): void {
  setConnections({
    person: [
      // First, while they are in their groups.
      { onLeaving: askForLeaversPhone, listConcerned: listPeopleWithHeldPhones },
      {
        onLeaving: releaseFromGroups,
        onAway: tellGroupDeputies,
        onReturning: returnToGroups,
        listConcerned: listPeopleInGroups,
      },
      { onLeaving: handOverActions, onAway: handOverActionsOfAway, listConcerned: listActionOwners },
      {
        onLeaving: handOverRequests,
        onAway: passRequestsOn,
        onLosingRoles: passRequestsOn,
        listConcerned: listPeopleWithRequests,
      },
      { onLeaving: handOverPhoneChecks, onAway: tellInPlaceOfChecker },
      {
        onLeaving: endDeputiesOfLeaver,
        onLosingRoles: tellOfLostDuties,
        listConcerned: listPeopleWithDeputies,
        afterChanges: settleStandIns,
      },
      {
        onLeaving: handOverExceptions,
        onLosingRoles: tellOfLostRoles,
        onAway: tellInPlaceOfAway,
        listConcerned: listPeopleWithExceptions,
        afterChanges: tellNewManagers,
      },
      { afterChanges: endTokensOfFormerMakers },
    ],
    findRecipient: findActor,
    listAdministeredGroups,
    listOpenDuties,
    async isDeletionHeld(tx, person, { groupId, texts }) {
      const own = await holdsOnDeletion(tx, person, null, texts);
      return own.length > 0 || (groupId !== null && (await holdsOnDeletion(tx, person, groupId)).length > 0);
    },
  });
}
