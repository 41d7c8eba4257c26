/*
 * A PKCS#11 driver with one token that does as it is told. The folder that FAKE_DRIVER names holds
 *   certificate   DER of the certificate on the token, CKA_ID 01, with a private RSA key
 *   signature     what C_Sign answers
 *   behaviour     lines "fail C_Sign 48", "hang C_Sign 0", "crash C_Sign 0", "remove C_Sign 48"; may be absent
 *   calls         written here: a line for each call, of C_Sign with the data in hex
 * Its PIN is 1234; three wrong ones lock it. With WINDOWS_LAYOUT its types lie as they do on Windows.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef WINDOWS_LAYOUT
#pragma pack(push, 1)
typedef uint32_t ulong_t;
#else
typedef unsigned long ulong_t;
#endif

typedef struct { unsigned char major, minor; } version_t;
typedef struct { ulong_t type; void *value; ulong_t length; } attribute_t;
typedef struct {
  char label[32], manufacturer[32], model[16], serial[16];
  ulong_t flags, numbers[10];
  version_t hardware, firmware;
  char time[16];
} token_info_t;
typedef struct { version_t version; void *functions[68]; } function_list_t;

#ifdef WINDOWS_LAYOUT
#pragma pack(pop)
#endif

#define SESSION 7
#define CERTIFICATE 1
#define PRIVATE_KEY 2

static int wrong_pins, logged_in, removed;
static ulong_t found[2], found_count, found_next;

static FILE *open_file(const char *name, const char *mode) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", getenv("FAKE_DRIVER"), name);
  return fopen(path, mode);
}

static size_t read_file(const char *name, void *into, size_t room) {
  FILE *file = open_file(name, "rb");
  if (!file) return 0;
  size_t length = fread(into, 1, room, file);
  fclose(file);
  return length;
}

/* Notes a call and does what is told of it; 0 goes on. */
static ulong_t enter(const char *function, const unsigned char *data, size_t length) {
  FILE *calls = open_file("calls", "a");
  fprintf(calls, "%s", function);
  if (data) fputc(' ', calls);
  for (size_t i = 0; i < length; i++) fprintf(calls, "%02X", data[i]);
  fputc('\n', calls);
  fclose(calls);
  FILE *behaviour = open_file("behaviour", "r");
  if (!behaviour) return 0;
  char what[16], whom[64];
  unsigned long value, answer = 0;
  while (fscanf(behaviour, "%15s %63s %lu", what, whom, &value) == 3) {
    if (strcmp(whom, function) != 0) continue;
    if (strcmp(what, "hang") == 0) for (;;) pause();
    if (strcmp(what, "crash") == 0) raise(SIGSEGV);
    if (strcmp(what, "remove") == 0) removed = 1;
    answer = value;
  }
  fclose(behaviour);
  return answer;
}

#define ENTER(name) do { ulong_t told = enter(name, NULL, 0); if (told) return told; } while (0)

static ulong_t initialize(void *arguments) { (void)arguments; ENTER("C_Initialize"); return 0; }
static ulong_t finalize(void *reserved) { (void)reserved; ENTER("C_Finalize"); wrong_pins = logged_in = removed = 0; return 0; }

static ulong_t get_slot_list(unsigned char present, ulong_t *slots, ulong_t *count) {
  (void)present;
  ENTER("C_GetSlotList");
  if (slots && !removed) slots[0] = 5;
  *count = removed ? 0 : 1;
  return 0;
}

static ulong_t get_token_info(ulong_t slot, token_info_t *info) {
  ENTER("C_GetTokenInfo");
  if (slot != 5) return 0x3;
  memset(info, ' ', 96);
  memcpy(info->label, "Thẻ giả", strlen("Thẻ giả"));
  memcpy(info->manufacturer, "Vanthu", 6);
  memcpy(info->model, "Fake", 4);
  memcpy(info->serial, "FAKE0001", 8);
  info->flags = 0x40d | (wrong_pins > 0 ? 0x10000 : 0) | (wrong_pins == 2 ? 0x20000 : 0) | (wrong_pins > 2 ? 0x40000 : 0);
  memset(info->numbers, 0, sizeof info->numbers);
  return 0;
}

static ulong_t open_session(ulong_t slot, ulong_t flags, void *application, void *notify, ulong_t *session) {
  (void)application; (void)notify;
  ENTER("C_OpenSession");
  if (slot != 5) return 0x3;
  if (!(flags & 4)) return 0xb4;
  *session = SESSION;
  return 0;
}

static ulong_t close_session(ulong_t session) { ENTER("C_CloseSession"); return session == SESSION ? 0 : 0xb3; }

static ulong_t login(ulong_t session, ulong_t user, const char *pin, ulong_t length) {
  ENTER("C_Login");
  if (session != SESSION) return 0xb3;
  if (user != 1) return 0x103;
  if (logged_in) return 0x100;
  if (wrong_pins > 2) return 0xa4;
  if (length != 4 || memcmp(pin, "1234", 4) != 0) { wrong_pins++; return 0xa0; }
  wrong_pins = 0;
  logged_in = 1;
  return 0;
}

static ulong_t logout(ulong_t session) { ENTER("C_Logout"); logged_in = 0; return session == SESSION ? 0 : 0xb3; }

static ulong_t give(attribute_t *attribute, const void *value, size_t length) {
  if (attribute->value) {
    if (attribute->length < length) return 0x150;
    memcpy(attribute->value, value, length);
  }
  attribute->length = length;
  return 0;
}

static ulong_t get_attribute(ulong_t session, ulong_t object, attribute_t *attribute, ulong_t count) {
  static unsigned char certificate[65536];
  ulong_t zero = 0;
  ENTER("C_GetAttributeValue");
  if (session != SESSION || count != 1) return 0x7;
  switch (attribute->type) {
    case 0x102: return give(attribute, "\x01", 1);
    case 0x80: if (object == CERTIFICATE) return give(attribute, &zero, sizeof zero); break;
    case 0x100: if (object == PRIVATE_KEY) return give(attribute, &zero, sizeof zero); break;
    case 0x11:
      if (object == CERTIFICATE) return give(attribute, certificate, read_file("certificate", certificate, sizeof certificate));
      break;
  }
  attribute->length = (ulong_t)-1;
  return 0x12;
}

static ulong_t find_init(ulong_t session, attribute_t *template, ulong_t count) {
  ENTER("C_FindObjectsInit");
  if (session != SESSION || count != 1 || template->type != 0 || template->length != sizeof(ulong_t)) return 0x7;
  ulong_t class;
  memcpy(&class, template->value, sizeof class);
  found_next = found_count = 0;
  if (class == 1) found[found_count++] = CERTIFICATE;
  if (class == 3 && logged_in) found[found_count++] = PRIVATE_KEY;
  return 0;
}

static ulong_t find(ulong_t session, ulong_t *objects, ulong_t room, ulong_t *count) {
  (void)session;
  ENTER("C_FindObjects");
  *count = 0;
  while (*count < room && found_next < found_count) objects[(*count)++] = found[found_next++];
  return 0;
}

static ulong_t find_final(ulong_t session) { (void)session; ENTER("C_FindObjectsFinal"); return 0; }

static ulong_t sign_init(ulong_t session, attribute_t *mechanism, ulong_t key) {
  (void)session;
  ENTER("C_SignInit");
  if (mechanism->type != 1 || mechanism->value || mechanism->length != 0) return 0x70;
  return key == PRIVATE_KEY && logged_in ? 0 : 0x60;
}

static ulong_t sign(ulong_t session, const unsigned char *data, ulong_t length, void *signature, ulong_t *signature_length) {
  (void)session;
  ulong_t told = enter("C_Sign", data, length);
  if (told) return told;
  *signature_length = read_file("signature", signature, *signature_length);
  return 0;
}

ulong_t C_GetFunctionList(function_list_t **list) {
  static function_list_t functions = {{2, 40}, {0}};
  void **f = functions.functions;
  f[0] = initialize; f[1] = finalize; f[4] = get_slot_list; f[6] = get_token_info;
  f[12] = open_session; f[13] = close_session; f[18] = login; f[19] = logout; f[24] = get_attribute;
  f[26] = find_init; f[27] = find; f[28] = find_final; f[42] = sign_init; f[43] = sign;
  *list = &functions;
  return 0;
}
