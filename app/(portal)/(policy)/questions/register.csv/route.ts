import { questions } from "../register.tsx";

export const GET = questions.file;
