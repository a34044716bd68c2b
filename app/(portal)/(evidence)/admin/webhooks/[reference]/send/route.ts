import { secretForm, settleForm, switchForm, testForm } from "../form.tsx";

export const { GET, POST } = testForm.route(switchForm, secretForm, settleForm);
