import { createHash } from "node:crypto";
import { setupScriptWords } from "../contracts/setup.ts";
import type { SetupGuide, SetupStep } from "../contracts/setup.ts";
import { rootOf } from "./environmentAddress.ts";

/** What the script has to know of the organization. */
export interface ScriptSubject {
  organizationId: string;
  organizationName: string;
  dynamicsOrganizationId: string;
  environmentUrl: string | null;
}

/**
 * A PowerShell script that carries out the requests of the steps. It asks for the key and the sign-in. Another text has
 * another file name: a browser keeps an earlier download under its name, and the line that runs the script would run that.
 */
export function setupScript(subject: ScriptSubject, steps: readonly SetupStep[]): SetupGuide["script"] {
  const requests = steps.slice(1).flatMap((step) => step.requests);
  const plan = requests.map((request) => `  ${JSON.stringify(request)}`).join(",\n");
  const text = scriptText(subject, `[\n${plan}\n]`);
  const edition = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return { language: "powershell", fileName: `portal-sync-${subject.organizationId}-${edition}.ps1`, text };
}

function scriptText(subject: ScriptSubject, plan: string): string {
  const environment = subject.environmentUrl === null ? null : URL.parse(subject.environmentUrl);
  const address = environment === null ? "" : ` = '${literal(rootOf(environment))}'`;
  return `# Makes the Dynamics environment of ${oneLine(subject.organizationName)} send its changes to Portal Sync.
# Needs PowerShell 5.1 or later, the module Az.Accounts (Install-Module Az.Accounts), and the role
# System Administrator in the environment. It can be run again: what is registered is brought up to date.
param(
  [${environment === null ? "Parameter(Mandatory = $true)" : "Parameter()"}]
  [string] $EnvironmentUrl${address}
)
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
$EnvironmentUrl = $EnvironmentUrl.TrimEnd('/')

function Read-Secret([securestring] $secret) {
  [System.Net.NetworkCredential]::new('', $secret).Password
}

$webhookKey = Read-Secret (Read-Host '${setupScriptWords.keyPrompt}' -AsSecureString)
Connect-AzAccount | Out-Null
$token = (Get-AzAccessToken -ResourceUrl $EnvironmentUrl).Token
if ($token -is [securestring]) { $token = Read-Secret $token }

# What the requests found, by name; {name} in an address or a body stands for it.
$found = @{ webhookKey = ($webhookKey | ConvertTo-Json).Trim('"') }
function Complete-Text([string] $text) {
  foreach ($name in $found.Keys) { $text = $text.Replace('{' + $name + '}', [string] $found[$name]) }
  $text
}

function Send-Request($request) {
  $parameters = @{
    Method  = $request.method
    Uri     = $EnvironmentUrl + (Complete-Text $request.url)
    Headers = @{
      'Authorization'    = "Bearer $token"
      'Accept'           = 'application/json'
      'OData-Version'    = '4.0'
      'OData-MaxVersion' = '4.0'
    }
  }
  if ($request.method -eq 'POST') { $parameters.Headers['Prefer'] = 'return=representation' }
  # Without it, a change of a row that is gone would make a new one.
  if ($request.method -eq 'PATCH') { $parameters.Headers['If-Match'] = '*' }
  if ($null -ne $request.body) {
    $json = Complete-Text ($request.body | ConvertTo-Json -Depth 5)
    $parameters.Body = [System.Text.Encoding]::UTF8.GetBytes($json)
    $parameters.ContentType = 'application/json; charset=utf-8'
  }
  Write-Host "$($request.method) $($request.url)"
  Invoke-RestMethod @parameters
}

$who = Send-Request @{ method = 'GET'; url = '/api/data/v9.2/WhoAmI' }
if ($who.OrganizationId -ne '${literal(subject.dynamicsOrganizationId)}') {
  throw "$EnvironmentUrl is another environment than the one that is set in Portal Sync: its organization id is $($who.OrganizationId)."
}

$plan = @'
${plan}
'@ | ConvertFrom-Json

$exists = $false
foreach ($request in $plan) {
  if ($request.when -eq 'found' -and -not $exists) { continue }
  if ($request.when -eq 'missing' -and $exists) { continue }
  $answer = Send-Request $request
  $row = $answer
  if ($request.method -eq 'GET') {
    $row = @($answer.value) | Select-Object -First 1
    $exists = $null -ne $row
    if (-not $exists -and $request.ifNothing) { throw $request.ifNothing }
  }
  if ($request.keep -and $null -ne $row) { $found[$request.keep.name] = $row.($request.keep.property) }
}
Write-Host '${setupScriptWords.done}'
`;
}

/** A text inside single quotes. PowerShell takes the typographic ones for quotes as well. */
function literal(text: string): string {
  return oneLine(text).replaceAll(/['‘’‚‛]/g, "$&$&");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
