import "server-only";
import { endTokensOfFormerMakers } from "#server/access/api-token/effects.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { setConnections } from "#server/base/connections.ts";
import { endDeputiesOfLeaver, listPeopleWithDeputies } from "#server/people/deputy/effects.ts";
import {
  handOverExceptions,
  listPeopleWithExceptions,
  tellOfLostRoles,
} from "#server/policy/exception/leaver-effects.ts";
import { listPeopleInGroups, releaseFromGroups, returnToGroups } from "#server/registers/group/effects.ts";
import { listAdministeredGroups } from "#server/registers/group/administered-queries.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";

/** Tells the lower rooms what their actions lead to in the higher ones: called when the portal or a command starts. */
export function connectRooms(): void {
  setConnections({
    person: [
      { onLeaving: releaseFromGroups, onReturning: returnToGroups, listConcerned: listPeopleInGroups },
      { onLeaving: endDeputiesOfLeaver, listConcerned: listPeopleWithDeputies },
      {
        onLeaving: handOverExceptions,
        onLosingRoles: tellOfLostRoles,
        listConcerned: listPeopleWithExceptions,
      },
      { afterChanges: endTokensOfFormerMakers },
    ],
    findRecipient: findActor,
    listAdministeredGroups,
    isDeletionHeld: async (tx, person) => (await holdsOnDeletion(tx, person, null)).length > 0,
  });
}
