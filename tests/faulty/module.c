/* A PKCS#11 module that behaves as bad tokens and drivers do: another module with faults between.
 *
 * Environment: FAULTY_MODULE the module behind; FAULTY_CONF its SoftHSM configuration; FAULTY_RULES the file of faults,
 * read anew at each call; FAULTY_CALLS where a line for each call is added; FAULTY_PAD_PIN what is typed at the PIN pad.
 *
 * A rule is a line: FUNCTION FAULT [VALUE] [NTH], with NTH only at this call of the function, counted in FAULTY_CALLS.
 * Of every function below: crash, hang (while the rule stands), ckr VALUE, delay_ms VALUE. And
 *   C_GetSlotList empty        no token is in
 *   C_GetSlotList frozen       as it was at the first call, until another process loads the module
 *   C_GetTokenInfo no_flags    nothing is known of the PIN
 *   C_GetTokenInfo flags VALUE with these flags too
 *   C_FindObjects twice        each certificate is found twice
 *   C_GetAttributeValue always_auth  the key wants its PIN each time, and signs only after it
 *   C_Login pad                the PIN comes from the pad, given none
 *   C_Sign flip                a wrong signature, and CKR_OK
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <p11-kit/pkcs11.h>

#define MOST_SLOTS 32
#define PIN_FLAGS (CKF_USER_PIN_INITIALIZED | CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED \
                   | CKF_USER_PIN_TO_BE_CHANGED)

static CK_FUNCTION_LIST *real;
static unsigned char known_pin[256];
static unsigned long known_pin_length;
static int has_reaffirmed;
static CK_OBJECT_HANDLE found_again;

static unsigned long calls_of(const char *function)
{
    char line[128], name[64];
    unsigned long count = 0;
    FILE *calls = fopen(getenv("FAULTY_CALLS"), "r");
    while (calls && fgets(line, sizeof line, calls))
        if (sscanf(line, "%63s", name) == 1 && !strcmp(name, function))
            count++;
    if (calls)
        fclose(calls);
    return count;
}

static void record(const char *function, const char *how)
{
    char line[128];
    int length = snprintf(line, sizeof line, "%s%s\n", function, how);
    int calls = open(getenv("FAULTY_CALLS"), O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (calls < 0 || write(calls, line, (size_t)length) != length)
        abort();
    close(calls);
}

/* Whether a rule holds now; its value where it has one. */
static int rule(const char *function, const char *fault, unsigned long *value)
{
    char line[128], name[64], what[64];
    int is_set = 0, read_to;
    FILE *rules = fopen(getenv("FAULTY_RULES"), "r");
    while (rules && !is_set && fgets(line, sizeof line, rules)) {
        unsigned long nth = 0;
        const char *rest;
        if (sscanf(line, "%63s %63s%n", name, what, &read_to) != 2 || strcmp(name, function) || strcmp(what, fault))
            continue;
        rest = line + read_to;
        if (value) {
            char *end;
            *value = strtoul(rest, &end, 0);
            rest = end;
        }
        nth = strtoul(rest, NULL, 0);
        is_set = nth == 0 || nth == calls_of(function);
    }
    if (rules)
        fclose(rules);
    return is_set;
}

static CK_RV faults_of(const char *function)
{
    unsigned long value;
    if (rule(function, "crash", NULL))
        raise(SIGSEGV);
    while (rule(function, "hang", NULL)) {
        struct timespec time = {0, 10000000};
        nanosleep(&time, NULL);
    }
    if (rule(function, "delay_ms", &value)) {
        struct timespec time = {(time_t)(value / 1000), (long)(value % 1000) * 1000000};
        nanosleep(&time, NULL);
    }
    return rule(function, "ckr", &value) ? value : CKR_OK;
}

#define BEGIN(function, how)                \
    CK_RV fault;                            \
    record(function, how);                  \
    if ((fault = faults_of(function)) != CKR_OK) \
        return fault

#define PASS(function, parameters, arguments)   \
    static CK_RV faulty_##function parameters   \
    {                                           \
        BEGIN(#function, "");                   \
        return real->function arguments;        \
    }

PASS(C_Finalize, (void *reserved), (reserved))
PASS(C_GetSlotInfo, (CK_SLOT_ID slot, CK_SLOT_INFO *info), (slot, info))
PASS(C_GetMechanismList, (CK_SLOT_ID slot, CK_MECHANISM_TYPE *list, unsigned long *count), (slot, list, count))
PASS(C_OpenSession, (CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify, CK_SESSION_HANDLE *session),
     (slot, flags, application, notify, session))
PASS(C_CloseSession, (CK_SESSION_HANDLE session), (session))
PASS(C_Logout, (CK_SESSION_HANDLE session), (session))

static CK_RV faulty_C_Initialize(void *arguments)
{
    /* The same SoftHSM, reached without this module, holds other tokens: those of the environment. */
    const char *others = getenv("SOFTHSM2_CONF"), *own = getenv("FAULTY_CONF");
    char *before = others ? strdup(others) : NULL;
    CK_RV answer;
    BEGIN("C_Initialize", "");
    if (own)
        setenv("SOFTHSM2_CONF", own, 1);
    answer = real->C_Initialize(arguments);
    if (before)
        setenv("SOFTHSM2_CONF", before, 1);
    free(before);
    return answer;
}

static CK_RV faulty_C_GetSlotList(unsigned char with_token, CK_SLOT_ID *list, unsigned long *count)
{
    static CK_SLOT_ID first[2][MOST_SLOTS];
    static unsigned long first_count[2];
    static int is_known[2];
    CK_SLOT_ID now[MOST_SLOTS];
    const CK_SLOT_ID *told = now;
    unsigned long length = MOST_SLOTS, room = list ? *count : 0;
    int of = with_token ? 1 : 0;
    CK_RV answer;
    BEGIN("C_GetSlotList", "");
    if ((answer = real->C_GetSlotList(with_token, now, &length)) != CKR_OK)
        return answer;
    if (with_token && rule("C_GetSlotList", "empty", NULL))
        length = 0;
    if (!is_known[of]) {
        is_known[of] = 1;
        first_count[of] = length;
        memcpy(first[of], now, sizeof now);
    }
    if (rule("C_GetSlotList", "frozen", NULL)) {
        told = first[of];
        length = first_count[of];
    }
    *count = length;
    if (!list)
        return CKR_OK;
    if (room < length)
        return CKR_BUFFER_TOO_SMALL;
    memcpy(list, told, length * sizeof *list);
    return CKR_OK;
}

static CK_RV faulty_C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    unsigned long flags;
    CK_RV answer;
    BEGIN("C_GetTokenInfo", "");
    answer = real->C_GetTokenInfo(slot, info);
    if (rule("C_GetTokenInfo", "no_flags", NULL))
        info->flags &= ~PIN_FLAGS;
    if (rule("C_GetTokenInfo", "flags", &flags))
        info->flags |= flags;
    return answer;
}

static CK_RV faulty_C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, unsigned long length)
{
    int is_context = user == CKU_CONTEXT_SPECIFIC;
    CK_RV answer;
    BEGIN("C_Login", is_context ? pin ? " context pin" : " context" : pin ? " user pin" : " user");
    if (rule("C_Login", "pad", NULL)) {
        if (pin)
            return CKR_ARGUMENTS_BAD;
        pin = (unsigned char *)getenv("FAULTY_PAD_PIN");
        length = strlen((char *)pin);
    }
    if (is_context && rule("C_GetAttributeValue", "always_auth", NULL)) {
        /* SoftHSM asks again only for keys that it made so. */
        has_reaffirmed = pin && length == known_pin_length && !memcmp(pin, known_pin, length);
        return has_reaffirmed ? CKR_OK : CKR_PIN_INCORRECT;
    }
    answer = real->C_Login(session, user, pin, length);
    if (answer == CKR_OK && pin && length <= sizeof known_pin) {
        memcpy(known_pin, pin, length);
        known_pin_length = length;
    }
    return answer;
}

static CK_RV faulty_C_GetAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *list,
                                        unsigned long count)
{
    CK_RV answer;
    BEGIN("C_GetAttributeValue", "");
    answer = real->C_GetAttributeValue(session, object, list, count);
    if (rule("C_GetAttributeValue", "always_auth", NULL))
        for (unsigned long i = 0; i < count; i++)
            if (list[i].type == CKA_ALWAYS_AUTHENTICATE && list[i].pValue && list[i].ulValueLen == 1)
                *(unsigned char *)list[i].pValue = CK_TRUE;
    return answer;
}

static CK_RV faulty_C_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE *list, unsigned long count)
{
    BEGIN("C_FindObjectsInit", "");
    found_again = CK_INVALID_HANDLE;
    return real->C_FindObjectsInit(session, list, count);
}

static int is_certificate(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object)
{
    CK_OBJECT_CLASS class = CKO_DATA;
    CK_ATTRIBUTE asked = {CKA_CLASS, &class, sizeof class};
    return real->C_GetAttributeValue(session, object, &asked, 1) == CKR_OK && class == CKO_CERTIFICATE;
}

static CK_RV faulty_C_FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *list, unsigned long most,
                                  unsigned long *count)
{
    BEGIN("C_FindObjects", "");
    if (!rule("C_FindObjects", "twice", NULL))
        return real->C_FindObjects(session, list, most, count);
    for (*count = 0; *count < most; ++*count) {
        unsigned long one = 0;
        CK_RV answer;
        if (found_again != CK_INVALID_HANDLE) {
            list[*count] = found_again;
            found_again = CK_INVALID_HANDLE;
            continue;
        }
        if ((answer = real->C_FindObjects(session, list + *count, 1, &one)) != CKR_OK)
            return answer;
        if (!one)
            break;
        if (is_certificate(session, list[*count]))
            found_again = list[*count];
    }
    return CKR_OK;
}

static CK_RV faulty_C_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    BEGIN("C_SignInit", "");
    has_reaffirmed = 0;
    return real->C_SignInit(session, mechanism, key);
}

static CK_RV faulty_C_Sign(CK_SESSION_HANDLE session, unsigned char *data, unsigned long length,
                           unsigned char *signature, unsigned long *signature_length)
{
    CK_RV answer, fault;
    if (!signature) /* asks for its length alone */
        return real->C_Sign(session, data, length, signature, signature_length);
    record("C_Sign", "");
    fault = faults_of("C_Sign");
    if (fault == CKR_OK && !has_reaffirmed && rule("C_GetAttributeValue", "always_auth", NULL))
        fault = CKR_USER_NOT_LOGGED_IN;
    if (fault == CKR_DEVICE_REMOVED) {
        /* What goes with the token are its sessions. */
        CK_SESSION_INFO info;
        if (real->C_GetSessionInfo(session, &info) == CKR_OK)
            real->C_CloseAllSessions(info.slotID);
        return fault;
    }
    /* Also where it fails: that ends the operation, which SoftHSM knows by having signed. */
    answer = real->C_Sign(session, data, length, signature, signature_length);
    if (fault != CKR_OK)
        return fault;
    if (answer == CKR_OK && rule("C_Sign", "flip", NULL))
        signature[*signature_length / 2] ^= 1;
    return answer;
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list)
{
    static CK_FUNCTION_LIST faulty;
    CK_C_GetFunctionList entry;
    void *module = dlopen(getenv("FAULTY_MODULE"), RTLD_NOW | RTLD_LOCAL);
    if (!module || !(*(void **)&entry = dlsym(module, "C_GetFunctionList")) || entry(&real) != CKR_OK)
        return CKR_GENERAL_ERROR;
    faulty = *real;
    faulty.C_GetFunctionList = C_GetFunctionList;
#define PUT(function) faulty.function = faulty_##function
    PUT(C_Initialize);
    PUT(C_Finalize);
    PUT(C_GetSlotList);
    PUT(C_GetSlotInfo);
    PUT(C_GetTokenInfo);
    PUT(C_GetMechanismList);
    PUT(C_OpenSession);
    PUT(C_CloseSession);
    PUT(C_Login);
    PUT(C_Logout);
    PUT(C_GetAttributeValue);
    PUT(C_FindObjectsInit);
    PUT(C_FindObjects);
    PUT(C_SignInit);
    PUT(C_Sign);
    *list = &faulty;
    return CKR_OK;
}
