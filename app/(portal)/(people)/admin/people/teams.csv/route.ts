import { teams } from "../teams/register.tsx";

export const GET = teams.file;
