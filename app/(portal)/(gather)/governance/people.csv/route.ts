import { followUp } from "../people/register.tsx";

export const GET = followUp.file;
