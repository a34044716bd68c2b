import { phoneReturns } from "../register.tsx";

export const GET = phoneReturns.file;
