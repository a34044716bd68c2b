import { teamAnswers } from "../register.tsx";

export const GET = teamAnswers.file;
