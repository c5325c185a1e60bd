/** One refusal: HTTP status, what is wrong and the way out, in both languages. `{name}` is filled from the refusal's data. */
export interface RefusalText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Every refusal code of every door. Codes are stable: clients may branch on them. */
export const refusals = {
  // who is asking
  not_signed_in: {
    status: 401,
    zh: '尚未登录或登录已过期，请重新登录。',
    en: 'Not signed in, or the session has ended. Sign in again.',
  },
  bad_credentials: { status: 401, zh: '登录名或密码不正确。', en: 'Sign-in name or password is wrong.' },
  too_many_attempts: {
    status: 429,
    zh: '尝试次数过多，请在 {retryAfterSeconds} 秒后再试。',
    en: 'Too many attempts. Try again in {retryAfterSeconds} seconds.',
  },
  step_up_required: {
    status: 403,
    zh: '签批前须重新验证本人：请再次输入密码。',
    en: 'Signing needs proof that it is you: enter the password again.',
  },
  caller_not_proved: {
    status: 401,
    zh: '请求未附有效的来访证明，未予受理。请经网关发出请求。',
    en: 'The request carries no valid caller assertion ({defect}). Send it through the gateway.',
  },
  bad_origin: { status: 403, zh: '请求来源不在许可之列。', en: 'The request comes from a page that may not send it.' },
  not_found: { status: 404, zh: '没有这个对象，或无权查看。', en: 'There is no such thing, or you may not see it.' },
  not_allowed: {
    status: 403,
    zh: '没有办理此事的权限：需要 {role}（{organ}）。',
    en: 'You may not do this: it needs {role} at {organ}.',
  },
  // channels beside the own site
  delivery_not_waiting: {
    status: 409,
    zh: '这个渠道已没有等候送出的内容。请刷新页面看最新状态。',
    en: 'Nothing waits for this channel any more. Reload the page to see how it stands.',
  },
  delivery_not_prepared: {
    status: 409,
    zh: '这个渠道没有待人工发布的稿件，可能已被确认或已由后来的版本代替。请刷新页面。',
    en: 'No draft waits to be posted on this channel: it was confirmed, or a later edition took its place. Reload the page.',
  },
  draft_not_ready: {
    status: 503,
    zh: '稿件所依据的页面文件正在修复，请稍后再下载。',
    en: 'The files the draft is made of are being mended. Download it again in a moment.',
  },
  draft_changed: {
    status: 409,
    zh: '确认的不是现在备好的这份稿件。请重新下载并核对后再确认。',
    en: 'What you confirm is not the draft that is prepared now. Download it again, compare, then confirm.',
  },
  address_needed: {
    status: 422,
    zh: '请填写文章发布后的地址（以 https:// 开头）。',
    en: 'Give the address at which the article was posted (it begins with https://).',
  },
  // the shape of a request
  malformed: {
    status: 400,
    zh: '请求内容不符合格式，见 errors 所列字段。',
    en: 'The request does not have the required form; see the fields under errors.',
  },
  key_required: {
    status: 400,
    zh: '办理类请求须带 Idempotency-Key 请求头（任意唯一字符串）。',
    en: 'Every command needs an Idempotency-Key header (any unique text).',
  },
  key_reused: {
    status: 422,
    zh: '同一 Idempotency-Key 已用于另一请求，请换一个新值。',
    en: 'This Idempotency-Key was used for a different request. Use a new one.',
  },
  too_large: {
    status: 413,
    zh: '内容超过上限 {limitBytes} 字节。',
    en: 'Larger than the limit of {limitBytes} bytes.',
  },
  unavailable: {
    status: 503,
    zh: '服务“{service}”暂时不可用，请稍后用同一 Idempotency-Key 重试。',
    en: 'The {service} service is not available. Retry with the same Idempotency-Key.',
  },
  fault: {
    status: 500,
    zh: '系统内部出错，已记录。请稍后用同一 Idempotency-Key 重试；仍不成功请联系管理员。',
    en: 'Something went wrong inside and was recorded. Retry with the same Idempotency-Key; if it persists, tell an administrator.',
  },
  // the report
  report_exists: {
    status: 409,
    zh: '{organ} {year} 年度报告已建立，请打开已有的一份。',
    en: 'The {year} report of {organ} exists already. Open that one.',
  },
  unknown_organ: { status: 422, zh: '目录中没有机关 {organ}。', en: 'The directory knows no organ {organ}.' },
  unknown_format: {
    status: 422,
    zh: '{year} 年度没有可用的法定格式。',
    en: 'There is no statutory format for report year {year}.',
  },
  empty_file: {
    status: 422,
    zh: '文件是空的，请选择含有年度报告的文件。',
    en: 'The file is empty. Choose the file with the report.',
  },
  binary_file: {
    status: 422,
    zh: '这种文件读不出年度报告（{looksLike}）。请提交 docx、xlsx、PDF（有文字层）、网页或纯文本文件。',
    en: 'A report cannot be read from this kind of file ({looksLike}). Hand in docx, xlsx, PDF with text, HTML or plain text.',
  },
  scanned_file: {
    status: 422,
    zh: 'PDF 共 {pages} 页，没有文字层（扫描件或图片），读不出数字。请提交由 Word 等直接导出的 PDF，或 docx、xlsx、网页、纯文本文件。',
    en: 'The PDF of {pages} pages has no text layer (a scan or pictures). Hand in a PDF exported from Word, or docx, xlsx, HTML or plain text.',
  },
  old_office_file: {
    status: 422,
    zh: '这是旧版（doc、xls）或加了密码的 Office 文件。请去掉密码，另存为 docx 或 xlsx。',
    en: 'This is an old (doc, xls) or password-protected Office file. Remove the password and save it as docx or xlsx.',
  },
  picture_file: {
    status: 422,
    zh: '这是图片，其中的文字和数字读不出来。请提交原始的 docx、xlsx 或文本文件。',
    en: 'This is a picture; its words and figures cannot be read. Hand in the original docx, xlsx or text file.',
  },
  mixed_file: {
    status: 422,
    zh: '文件同时是 {kinds}，不予读取。请重新导出。',
    en: 'The file is {kinds} at once and is not read. Export it again.',
  },
  macro_file: {
    status: 422,
    zh: '文件含有宏，不予读取。请另存为不含宏的 docx 或 xlsx。',
    en: 'The file holds macros and is not read. Save it as docx or xlsx without macros.',
  },
  encrypted_file: {
    status: 422,
    zh: '文件加了密码（{part}）。请去掉密码后再提交。',
    en: 'The file is encrypted ({part}). Remove the password and try again.',
  },
  unsafe_package: {
    status: 422,
    zh: '文件的压缩结构不可信（{part}：{why}），未予展开。请用 Word 或 Excel 打开后另存一份。',
    en: 'The packing of the file is not to be trusted ({part}: {why}); nothing was unpacked. Open it in Word or Excel and save a copy.',
  },
  broken_file: {
    status: 422,
    zh: '文件已损坏：{why}。请用 Word 或 Excel 打开后另存一份。',
    en: 'The file is damaged: {why}. Open it in Word or Excel and save a copy.',
  },
  broken_xml: {
    status: 422,
    zh: '文件内容已损坏或不可信：{part} 第 {line} 行第 {column} 列，{why}。请另存一份。',
    en: 'The contents are damaged or not to be trusted: {part}, line {line}, column {column}: {why}. Save a copy.',
  },
  oversized_document: {
    status: 422,
    zh: '文件超出年度报告应有的规模（{limit}）。请只提交报告本身。',
    en: 'The file is larger than a report can be ({limit}). Hand in the report alone.',
  },
  tracked_changes: {
    status: 422,
    zh: '文件中有修订痕迹：插入 {insertions} 处，删除 {deletions} 处（如“{sample}”）。请决定接受或拒绝修订后再导入。',
    en: 'The file has tracked changes: {insertions} insertions, {deletions} deletions (such as "{sample}"). Decide whether to accept or reject them.',
  },
  unknown_encoding: {
    status: 422,
    zh: '文字编码无法识别：既不是 UTF-8 也不是 GB 18030。请另存为 UTF-8。',
    en: 'The encoding is neither UTF-8 nor GB 18030. Save the file as UTF-8.',
  },
  file_too_large: {
    status: 413,
    zh: '文件 {sizeBytes} 字节，超过上限 {limitBytes} 字节。',
    en: 'The file has {sizeBytes} bytes, the limit is {limitBytes}.',
  },
  unreadable_file: {
    status: 422,
    zh: '文件在 {seconds} 秒、{megabytes} MB 内存限度内未能读完。请检查文件后重新导入。',
    en: 'The file could not be read within {seconds} seconds and {megabytes} MB of memory. Check the file and import it again.',
  },
  not_a_report: {
    status: 422,
    zh: '文件不是政府信息公开工作年度报告：{missing}。',
    en: 'This is not an annual report on government information disclosure: {missing}.',
  },
  truncated_report: {
    status: 422,
    zh: '报告不完整，缺：{missing}。请导入完整文件。',
    en: 'The report is incomplete, missing: {missing}. Import the whole file.',
  },
  unreadable_table: {
    status: 422,
    zh: '{table} 读不准：{problem}（第 {line} 行）。请核对原表。',
    en: '{table} cannot be read exactly: {problem} (line {line}). Check the source.',
  },
  invalid_report: {
    status: 422,
    zh: '报告数据有 {found} 处不合格式：{problems}。',
    en: 'The report data is malformed in {found} places: {problems}.',
  },
  invalid_settings: {
    status: 422,
    zh: '规则设置有 {found} 处不合格式：{problems}。',
    en: 'The rule settings are malformed in {found} places: {problems}.',
  },
  invalid_formats: {
    status: 422,
    zh: '报告格式定义有 {found} 处不合要求：{problems}。请对照“sunward formats --json”输出的现行格式修改。',
    en: 'The format definitions are malformed in {found} places: {problems}. Compare them with what "sunward formats --json" prints.',
  },
  invalid_profile: {
    status: 422,
    zh: '机关情况有 {found} 处不合格式：{problems}。',
    en: 'What is said of the organ is malformed in {found} places: {problems}.',
  },
  warnings_unexplained: {
    status: 422,
    zh: '有 {warnings} 处提醒尚未说明（{rules}）。请逐处核对，改正或写一句说明后再送审。',
    en: '{warnings} warnings lack a sentence ({rules}). Mend each or say in a sentence why it is right, then submit.',
  },
  explanation_outdated: {
    status: 409,
    zh: '有 {count} 处说明所对应的问题已不存在或数字已变：{checks}。请按当前校验结果重新说明。',
    en: '{count} sentences are for checks that have changed or are gone: {checks}. Explain the checks as they are now.',
  },
  year_differs: {
    status: 422,
    zh: '文件是 {found} 年度的报告，而此处编制的是 {expected} 年度。',
    en: 'The file is the report for {found}; this is the report for {expected}.',
  },
  revision_not_latest: {
    status: 409,
    zh: '内容已有更新：最新为第 {latest} 稿，提交的是第 {base} 稿。请核对后再办。',
    en: 'There is newer content: revision {latest}, yours is {base}. Look at it and try again.',
  },
  content_changed: {
    status: 409,
    zh: '内容已变化，与所看到的不一致。请重新打开后再办。',
    en: 'The content is not what you saw. Open it again.',
  },
  invalid: {
    status: 422,
    zh: '内容检查未通过：{errors} 项错误须先改正。',
    en: '{errors} errors must be mended first.',
  },
  nothing_to_submit: {
    status: 409,
    zh: '还没有可提交的内容，请先导入或填写。',
    en: 'There is nothing to submit yet. Import or write the report first.',
  },
  case_open: {
    status: 409,
    zh: '本报告已在审签中（案件 {case}），须先撤回或等退回。',
    en: 'This report is under sign-off already (case {case}). Withdraw it first, or wait for its return.',
  },
  already_live: {
    status: 409,
    zh: '第 {edition} 版已公开；要改动请先开启更正，更正签发后成为下一版，原版保留。',
    en: 'Edition {edition} is public already. Open a correction: once signed it becomes the next edition, and this one is kept.',
  },
  withdrawn_publicly: {
    status: 409,
    zh: '第 {edition} 版已撤回公开；要重新公开请先开启下一版。',
    en: 'Edition {edition} was taken back from the public. Open the next edition to publish again.',
  },
  not_public: {
    status: 409,
    zh: '本年度报告尚未公开，没有可更正的版本；请直接修改后送审。',
    en: 'The report is not public yet, so there is nothing to correct. Change it and submit it.',
  },
  edition_open: {
    status: 409,
    zh: '第 {edition} 版已在编写中，请继续修改后送审。',
    en: 'Edition {edition} is being written already. Go on with it and submit it.',
  },
  kind_unfit: {
    status: 409,
    zh: '现在不能以此事由（{kind}）送审，可选：{fit}。',
    en: 'The text cannot be submitted for this act ({kind}) now; possible are: {fit}.',
  },
  place_locked: {
    status: 409,
    zh: '更正只能改已解锁之处，还有 {count} 处锁定：{places}。请逐处写明理由解锁，或恢复原样。',
    en: 'A correction changes only what is open; {count} places are locked: {places}. Open each with a reason, or leave it as it was.',
  },
  place_unknown: {
    status: 422,
    zh: '已公开的报告里没有“{place}”这一处。请从报告中选取。',
    en: 'The public report has no place “{place}”. Choose one in the report.',
  },
  place_open: {
    status: 409,
    zh: '{place} 已经解锁，可以直接修改。',
    en: '{place} is open already; go on and change it.',
  },
  nothing_locked: {
    status: 409,
    zh: '这份报告不在更正中，没有锁定之处，请直接修改。',
    en: 'No correction of this report is being written, so nothing is locked. Change it.',
  },
  nothing_corrected: {
    status: 409,
    zh: '内容与已公开的版本完全相同，没有可更正之处。请先改正再送审。',
    en: 'The text is the same as what is public; there is nothing to correct. Change it first.',
  },
  nothing_public: {
    status: 409,
    zh: '现在没有公开的版本可撤回。',
    en: 'Nothing is public now that could be taken back.',
  },
  ratification_open: {
    status: 409,
    zh: '第 {edition} 版应急公开尚未追认，不能再次应急；请先办结追认，或走更正、撤回。',
    en: 'The emergency edition {edition} is not ratified yet: no second emergency before that. Ratify it, correct it or withdraw it.',
  },
  no_ratification: {
    status: 409,
    zh: '没有待追认的应急公开。',
    en: 'There is no emergency publication that waits for ratification.',
  },
  unsafe_text: {
    status: 422,
    zh: '文字中含有不可见的控制字符（{code}），不能签批和公开。请删去后重试。',
    en: 'The text holds an invisible control character ({code}) and cannot be signed. Delete it and try again.',
  },
  no_route: {
    status: 422,
    zh: '没有适用于 {organ} 的审签路线，请管理员设置。',
    en: 'No sign-off route applies to {organ}. Administrators must set one.',
  },
  route_unsolvable: {
    status: 422,
    zh: '审签路线无法走完：“{stage}”缺少可签的不同人员（{seats}）。',
    en: 'The route cannot be completed: stage "{stage}" has not enough distinct people ({seats}).',
  },
  // sign-off
  slot_not_open: {
    status: 409,
    zh: '该席位当前不可签：尚未轮到，或已由他人签批。',
    en: 'This seat is not open: not yet its turn, or already signed.',
  },
  not_eligible: {
    status: 403,
    zh: '不具备该席位的签批资格：需要 {role}（{organ}）。',
    en: 'You do not hold the office this seat needs: {role} at {organ}.',
  },
  separation_of_duties: {
    status: 403,
    zh: '职责须分离：参与起草者、已签过其他席位者不得再签。',
    en: 'Separation of duties: whoever contributed, or holds another signature here, may not sign.',
  },
  grade_too_low: {
    status: 403,
    zh: '该环节须用通行密钥签批（要求：{grade}），每份一次手势。请用本人登记的通行密钥逐份签；尚未登记的，先到“通行密钥”登记。',
    en: 'This stage demands the signature grade {grade}: sign with a passkey of your own, one gesture for each report. If you have none, register one first.',
  },
  passkey_unknown: {
    status: 403,
    zh: '这把通行密钥不是您登记的，或登记尚未送达（几秒之内）。请稍后重试，或用本人登记的通行密钥。',
    en: 'You did not register this passkey, or word of it has not come yet (seconds). Try again, or use a passkey of your own.',
  },
  passkey_revoked: {
    status: 403,
    zh: '这把通行密钥已于 {at} 注销，请用另一把，或重新登记。',
    en: 'This passkey was revoked at {at}. Use another, or register a new one.',
  },
  passkey_counter_back: {
    status: 409,
    zh: '通行密钥的计数未增加（{counter}，上次 {last}），可能已被复制，管理员已收到告警。请再签一次；仍不成的，注销这把并重新登记。',
    en: 'The passkey’s counter did not go up ({counter}, last time {last}): it may have been copied, and the administrators were alarmed. Sign again; if that fails, revoke it and register another.',
  },
  passkey_other_credential: {
    status: 422,
    zh: '签名出自另一把通行密钥。请重新打开案件再签。',
    en: 'The signature is of another passkey. Open the case again and sign.',
  },
  passkey_unreadable: {
    status: 422,
    zh: '通行密钥的回应读不出来。请重新签；仍不成的，换一个浏览器。',
    en: 'What the passkey answered cannot be read. Sign again; if that fails, use another browser.',
  },
  passkey_type: {
    status: 422,
    zh: '通行密钥的回应不是签名。请重新打开案件再签。',
    en: 'The passkey was not asked to sign. Open the case again and sign.',
  },
  passkey_challenge: {
    status: 409,
    zh: '通行密钥签的不是这份内容：内容或席位已变。请重新打开案件，看过再签。',
    en: 'The passkey signed something else: the content or the seat changed. Open the case again, look, and sign.',
  },
  passkey_origin: {
    status: 403,
    zh: '通行密钥在别的网址上使用。请从本系统的网址打开再签；系统已更换网址的，请重新登记。',
    en: 'The passkey was used on another address. Open this system’s own address and sign; if that has changed, register a new passkey.',
  },
  passkey_rp_id: {
    status: 403,
    zh: '通行密钥是为别的系统登记的。请用为本系统登记的通行密钥。',
    en: 'The passkey was made for another system. Use one registered here.',
  },
  passkey_user_absent: {
    status: 403,
    zh: '签名时无人触碰认证器。请重新签，并按提示触碰。',
    en: 'Nobody touched the authenticator. Sign again and touch it when asked.',
  },
  passkey_user_unverified: {
    status: 403,
    zh: '认证器未核验本人（指纹、人脸或口令）。请在设备上设好后重新签。',
    en: 'The authenticator did not check who you are (fingerprint, face or PIN). Set that up on the device and sign again.',
  },
  passkey_key: {
    status: 422,
    zh: '登记的通行密钥公钥不能使用。请注销它并重新登记。',
    en: 'The registered public key cannot be used. Revoke the passkey and register another.',
  },
  passkey_bad_signature: {
    status: 403,
    zh: '通行密钥的签名与登记的公钥不符。请重新签；仍不成的，注销它并重新登记。',
    en: 'The passkey’s signature does not fit the registered key. Sign again; if that fails, revoke it and register another.',
  },
  passkey_not_asked: {
    status: 409,
    zh: '没有等待中的登记，或已超过五分钟。请重新开始登记。',
    en: 'No registration is waiting, or five minutes have passed. Start it again.',
  },
  passkey_not_accepted: {
    status: 422,
    zh: '认证器的登记未通过核验。请在本系统的网址上重新登记，设备须核验本人（指纹、人脸或口令）。',
    en: 'The registration does not check out. Start again on this system’s own address, with a device that checks who you are (fingerprint, face or PIN).',
  },
  passkey_exists: {
    status: 409,
    zh: '这把通行密钥已登记过。请另选一把，或重新开始登记。',
    en: 'This passkey is registered already. Choose another, or start again.',
  },
  passkey_too_many: {
    status: 409,
    zh: '每人最多同时有 {most} 把通行密钥。请先注销不用的。',
    en: 'Nobody may have more than {most} passkeys at a time. Revoke one you do not use.',
  },
  own_passkey: {
    status: 409,
    zh: '这是自己的通行密钥。在“我的”里注销。',
    en: 'This passkey is your own. Revoke it under Mine.',
  },
  passkey_over: {
    status: 409,
    zh: '这把通行密钥已注销。',
    en: 'The passkey is revoked already.',
  },
  not_viewed: {
    status: 409,
    zh: '尚未打开本次内容，不能签批。请先打开全文和改动对照再签。',
    en: 'You have not opened this content. Open the text and what changed, then sign.',
  },
  checklist_incomplete: {
    status: 422,
    zh: '核对清单尚有未确认的事项：{missing}。请逐项核对后再签。',
    en: 'Items of the checklist are not confirmed: {missing}. Go through each, then sign.',
  },
  named_by_route: {
    status: 409,
    zh: '该席位由审签路线指定了签批人，不能转办；该人不在岗时请管理员调整路线。',
    en: 'The route names who signs this seat; it cannot be handed over. If that person is away, administrators must change the route.',
  },
  target_not_allowed: {
    status: 422,
    zh: '不能请此人：参与起草者、已签过本案者和已离岗人员不在可选之列，请另选他人。',
    en: 'This person cannot be asked: contributors, people already counted in this case and people who left are excluded. Choose somebody else.',
  },
  already_asked: {
    status: 409,
    zh: '已请此人在本环节签批，等待其办理即可。',
    en: 'This person has been asked in this stage already; wait for the answer.',
  },
  target_lacks_role: {
    status: 422,
    zh: '此人不担任 {role}（{organ}），不能承办该席位，请另选他人。',
    en: 'This person is not {role} at {organ} and cannot take the seat. Choose somebody who is.',
  },
  would_block: {
    status: 422,
    zh: '这样一来“{stage}”将无人可签（{seats}），请另选他人。',
    en: 'Then stage "{stage}" could not be completed by distinct people ({seats}). Choose somebody else.',
  },
  not_removable: {
    status: 409,
    zh: '只能减去本人所加、在当前环节且尚未签批的席位。',
    en: 'Only a seat you added yourself, in the open stage and not yet signed, can be removed.',
  },
  not_overdue: { status: 409, zh: '尚未逾期（{dueAt} 到期）。', en: 'Not overdue yet (due {dueAt}).' },
  not_submitter_or_office: {
    status: 403,
    zh: '只有提交人或本机关公开工作机构负责人可以作废案件。',
    en: 'Only the submitter or the head of the disclosure office may cancel the case.',
  },
  recall_first: {
    status: 409,
    zh: '案件已签发，定于 {releaseAt} 放行；须先收回，再撤回或作废。',
    en: 'The case is approved and goes out at {releaseAt}. Recall it first.',
  },
  too_often: {
    status: 429,
    zh: '同一席位每四小时只能催办一次，{next} 后可再催办。',
    en: 'A seat can be urged once in four hours; again after {next}.',
  },
  not_taking_part: {
    status: 403,
    zh: '只有起草、提交、已签批和当前可签批的人员可以抄送或征求意见。',
    en: 'Only people who drafted, submitted, signed or could sign now may copy others in or ask for an opinion.',
  },
  consultation_closed: {
    status: 409,
    zh: '该征求意见已于 {at} 结束（已答复或已到期），如需再提请联系征求人。',
    en: 'This request for an opinion closed at {at} (answered or expired). Ask whoever requested it.',
  },
  signed_something_else: {
    status: 409,
    zh: '所签内容与现在的内容不一致（内容、席位或路线已变）。请重新打开后再签。',
    en: 'What you signed is not what stands now (content, seat or route changed). Open it again.',
  },
  reason_required: { status: 422, zh: '须写明理由。', en: 'A reason is required.' },
  not_submitter: { status: 403, zh: '只有提交人可以撤回。', en: 'Only the submitter may withdraw.' },
  not_yours: {
    status: 403,
    zh: '只有提交人或已签批人可以收回。',
    en: 'Only the submitter or somebody who signed may recall.',
  },
  not_your_signature: {
    status: 403,
    zh: '该席位上没有您的签批，只能拿回自己的签批。',
    en: 'This seat does not carry your signature; only your own can be taken back.',
  },
  signed_since: {
    status: 409,
    zh: '此后已有他人签批，不能拿回；可请当前环节退回到您所在的环节。',
    en: 'Somebody has signed since; ask the open stage to send the case back to yours.',
  },
  bad_target: {
    status: 422,
    zh: '不能退回到“{to}”：只能退回起草人或本段中更早的环节。',
    en: 'The case cannot go back to "{to}": only to the drafter or to an earlier stage of this leg.',
  },
  not_in_review: {
    status: 409,
    zh: '案件不在审签中（现为：{state}）。',
    en: 'The case is not under sign-off (it is {state}).',
  },
  passed_on: {
    status: 409,
    zh: '审核段已全部通过，案件已转签发段，请到签发段办理。',
    en: 'The review leg is complete; the case is with the approval leg. Act there.',
  },
  not_approved: { status: 409, zh: '案件尚未签发（现为：{state}）。', en: 'The case is not approved (it is {state}).' },
  too_late: {
    status: 409,
    zh: '已于 {at} 放行发布，不能收回；可提出撤回公开。',
    en: 'Released at {at}: too late to recall. A public withdrawal needs its own case.',
  },
  not_entitled_to_postpone: {
    status: 403,
    zh: '只有提交人或最后签批人可以推迟发布。',
    en: 'Only the submitter or the last signer may postpone the release.',
  },
  earlier_needs_signatures: {
    status: 409,
    zh: '现定于 {releaseAt} 放行，只能推迟；要提前须收回后重新签批。',
    en: 'The release is set for {releaseAt} and can only be later; an earlier one needs recall and new signatures.',
  },
  // notes
  notes_open: {
    status: 409,
    zh: '本环节还有 {count} 条批注未处理，暂不能签批。请先逐条处理（或由起草人采纳），或退回。',
    en: '{count} notes of this stage are open, so it cannot be signed. Resolve each (or have the drafter accept it), or return the case.',
  },
  not_deputy: {
    status: 403,
    zh: '您不是该委托人在本案件中任何席位的代理人。请以自己的名义办理，或请其先委托代理。',
    en: 'You are not that person’s deputy for any seat of this case. Act for yourself, or have the office entrusted to you first.',
  },
  not_acting: {
    status: 403,
    zh: '只有轮到办理本环节的人和被征求意见的人可以批注。其他人可以回复已有批注。',
    en: 'Only whoever may act in the open stage now, or was asked for an opinion, may make a note. Others may reply to one.',
  },
  not_party_to_note: {
    status: 403,
    zh: '只有批注人、该环节办理人和起草人可以回复这条批注。',
    en: 'Only its author, the holders of its stage and the drafters may reply to this note.',
  },
  not_note_holder: {
    status: 403,
    zh: '只有批注人或同一环节的其他办理人（未参与起草）可以处理这条批注。起草人可以回复或采纳。',
    en: 'Only its author, or another holder of the same stage who did not contribute, may resolve this note. Drafters reply or accept.',
  },
  not_note_author: {
    status: 403,
    zh: '只有批注人可以撤回自己的批注；同一环节的办理人可以处理它。',
    en: 'Only its author may withdraw a note; holders of its stage may resolve it.',
  },
  note_closed: {
    status: 409,
    zh: '这条批注已处理（{state}）。如还有意见，请另加一条。',
    en: 'This note is closed ({state}). Make another one if there is more to say.',
  },
  too_many_notes: {
    status: 409,
    zh: '本案件的批注已达 {limit} 条。请改为退回并写明理由。',
    en: 'The case has {limit} notes already. Return it with a reason instead.',
  },
  place_not_found: {
    status: 422,
    zh: '报告中没有这个位置。请重新选取单元格、章或文字。',
    en: 'The report has no such place. Choose the cell, chapter or words again.',
  },
  quote_not_found: {
    status: 422,
    zh: '报告中没有这段原文。请照现在的内容逐字引用。',
    en: 'These words do not stand in the report. Quote it as it reads now, to the letter.',
  },
  quote_repeated: {
    status: 422,
    zh: '这段原文出现了 {count} 次。请多引几个字，或指明章、段和起始位置。',
    en: 'These words stand there {count} times. Quote more of them, or name chapter, paragraph and position.',
  },
  suggestion_needs_place: {
    status: 422,
    zh: '对整章的批注不能附修改建议。请批注到具体文字或单元格。',
    en: 'A note on a whole chapter cannot carry a suggestion. Bind it to words or to a cell.',
  },
  suggestion_unreadable: {
    status: 422,
    zh: '建议的“{text}”不是这一格可填的数。请填数字，或填“/”表示不适用。',
    en: 'The suggestion "{text}" is no figure this cell can hold. Give a number, or "/" for not applicable.',
  },
  suggestion_closed: {
    status: 409,
    zh: '这条修改建议已经处理（{state}），不能再采纳。',
    en: 'This suggestion is settled ({state}) and cannot be accepted any more.',
  },
  suggestion_conflict: {
    status: 409,
    zh: '原文已变，建议针对“{expected}”，现在是“{found}”，未采纳。请对照后自行修改，或回复批注。',
    en: 'The text has changed: the suggestion is about "{expected}", now it reads "{found}". Nothing was changed; edit it yourself, or reply to the note.',
  },
  calendar_uncovered: {
    status: 409,
    zh: '没有 {year} 年的放假安排，无法计算工作日。请管理员载入国务院办公厅该年度的放假通知。',
    en: 'The official holidays of {year} are not known, so working days cannot be counted. An administrator must load that year’s notice.',
  },
  too_early: { status: 409, zh: '未到发布时间 {notBefore}。', en: 'Not before {notBefore}.' },
  // setting up
  already_set_up: { status: 409, zh: '系统已完成初始设置。', en: 'The system has been set up already.' },
  bad_setup_link: { status: 403, zh: '设置链接无效或已使用。', en: 'The set-up link is wrong or was used.' },
  not_set_up: {
    status: 409,
    zh: '系统尚未完成初始设置，请先由管理员设置。',
    en: 'The system has not been set up yet. An administrator must do that first.',
  },
  // the directory
  password_must_change: {
    status: 403,
    zh: '现用的是一次性口令，请先设置自己的口令。',
    en: 'This is a one-time password. Set one of your own first.',
  },
  same_password: {
    status: 422,
    zh: '新口令与现用口令相同，请换一个。',
    en: 'The new password is the one in use. Choose another.',
  },
  administrator_key_missing: {
    status: 409,
    zh: '本机没有您的管理员密钥，不能签署目录变更。请运维人员核对密钥文件夹与信任文件。',
    en: 'This installation does not hold your administrator’s key. Have its operator check the key folder and the trust file.',
  },
  administrator_apart: {
    status: 422,
    zh: '第 {change} 项变更涉及管理员：管理员不得兼任签批、起草等职务，也不能由此离职（三员分立）。',
    en: 'Change {change} is about an administrator, who holds no other office and does not leave this way.',
  },
  unknown_person: {
    status: 422,
    zh: '第 {change} 项变更所指的人员不存在，请核对登录名。',
    en: 'Change {change} names a person the directory does not know. Check the sign-in name.',
  },
  login_taken: {
    status: 409,
    zh: '第 {change} 项变更的登录名已有人使用，请换一个。',
    en: 'The sign-in name of change {change} is taken. Choose another.',
  },
  has_left: {
    status: 409,
    zh: '第 {change} 项变更所指的人员已定于 {at} 离职；回任请另建账户。',
    en: 'The person of change {change} leaves or left at {at}. To come back he needs an account of his own.',
  },
  already_in_office: {
    status: 409,
    zh: '该人在此期间已任这一职务（第 {change} 项变更）。请先终止原授权，或改期间。',
    en: 'The person holds that office in this time already (change {change}). End that grant first, or change the dates.',
  },
  not_in_office: {
    status: 409,
    zh: '第 {change} 项变更：该人届时不任这一职务，无可终止。',
    en: 'Change {change}: the person does not hold that office then, so there is nothing to end.',
  },
  organ_exists: {
    status: 409,
    zh: '机关代码 {organ} 已存在（第 {change} 项变更），请换一个。',
    en: 'The organ code {organ} exists already (change {change}). Choose another.',
  },
  unknown_route: {
    status: 422,
    zh: '第 {change} 项变更所指的路线 {route} 不在用，或种类不同。请在目录中选一条在用路线。',
    en: 'Change {change}: route {route} is not in force, or is for another kind of case. Choose one the directory lists.',
  },
  route_scope: {
    status: 422,
    zh: '第 {change} 项变更：一条路线要么指明机关，要么指明级别，不能兼用。',
    en: 'Change {change}: a route names organs or levels, not both.',
  },
  back_dated: {
    status: 422,
    zh: '时间不能早于 {earliest}：已经发生的签批不能因目录变更而失效。请改晚。',
    en: 'No time may lie before {earliest}: what was signed must not lose its ground. Choose a later one.',
  },
  nothing_changes: {
    status: 409,
    zh: '这些变更合起来没有改变目录，无须提出。',
    en: 'Taken together these changes leave the directory as it is. There is nothing to propose.',
  },
  route_unlawful: {
    status: 422,
    zh: '路线“{route}”不合规则：{problem}。请修改后再提出。',
    en: 'The route "{route}" is no law: {problemEn}. Mend it and propose again.',
  },
  two_routes: {
    status: 422,
    zh: '机关 {organ} 的“{kindName}”会同时有两条路线。请停用其一，或改适用范围。',
    en: 'Organ {organ} would have two routes to {kind} at once. Retire one, or change what it applies to.',
  },
  directory_unfillable: {
    status: 422,
    zh: '如此变更后，{organ} 的“{kindName}”自 {at} 起走不完路线“{route}”：环节 {stage} 缺少不同的人（{seats}）。请先为该职务补人。',
    en: 'From {at} on {organ} could not {kind}: stage {stage} of "{route}" has not enough distinct people ({seats}). Fill that office first.',
  },
  directory_moved_on: {
    status: 409,
    zh: '提出后目录已更新到第 {newest} 版（提案基于第 {basedOn} 版），不能再签署。请对照差异重新提出。',
    en: 'The directory is at version {newest} by now; the proposal was made on {basedOn}. Look at the difference and propose anew.',
  },
  proposal_closed: {
    status: 409,
    zh: '该提案已办结（{state}），请刷新后查看。',
    en: 'The proposal is closed ({state}). Look again.',
  },
  not_your_turn: {
    status: 409,
    zh: '您已签署，须由另一名管理员签署。',
    en: 'You have signed; it waits for the other administrator.',
  },
  own_proposal: {
    status: 409,
    zh: '这是您自己的提案：可以撤回；同意或否决须由另一名管理员办理。',
    en: 'This is your own proposal: withdraw it, or leave it to the other administrator.',
  },
  not_proposer: {
    status: 403,
    zh: '只有提出人可以撤回提案；您可以否决并说明理由。',
    en: 'Only its proposer may withdraw a proposal. You may reject it with a reason.',
  },
  proposal_too_late: {
    status: 409,
    zh: '提案所定的生效时间 {effectiveAt} 已过或即将到，追溯生效会使其间的签批失效。请改期重新提出。',
    en: 'The proposal takes effect at {effectiveAt}, too soon or past: signatures given since would lose their ground. Propose a later time.',
  },
  deputy_self: {
    status: 422,
    zh: '不能请自己代理，请另选一人。',
    en: 'Nobody acts for himself. Choose another person.',
  },
  deputy_period: {
    status: 422,
    zh: '代理期间须自现在（{at}）起、有止期且不超过一年。请改期间。',
    en: 'A deputy acts from now ({at}) or later, to an end within a year. Change the dates.',
  },
  deputy_no_office: {
    status: 403,
    zh: '您届时不任 {role}（{organ}），只能就自己的职务委托代理。',
    en: 'You do not hold {role} at {organ} then. Only one’s own office can be entrusted.',
  },
  deputy_unavailable: {
    status: 422,
    zh: '所选的人不能代理：不在目录、届时已离职，或是管理员。请另选一人。',
    en: 'That person cannot act for you: unknown, gone by then, or an administrator. Choose another.',
  },
  deputy_away: {
    status: 409,
    zh: '所选的人在此期间已将同一职务 {role}（{organ}）委托他人，代理不能转托。请另选一人。',
    en: 'That person has entrusted the same office, {role} at {organ}, to somebody else then. Choose another.',
  },
  deputy_exists: {
    status: 409,
    zh: '此期间您的 {role}（{organ}）已有代理人。请先撤销原委托，或改期间。',
    en: 'Somebody acts for you as {role} at {organ} in that time already. Revoke that first, or change the dates.',
  },
  deputy_drafts: {
    status: 422,
    zh: '所选的人起草由 {role}（{organ}）签批的报告，起草人不得代为签批。请另选一人。',
    en: 'That person drafts reports that {role} at {organ} signs, so he may not sign them for you. Choose another.',
  },
  deputy_over: { status: 409, zh: '该委托已结束或已撤销。', en: 'The grant is over or revoked already.' },
  unknown_deputy: {
    status: 422,
    zh: '第 {change} 项变更所指的代理委托不存在或已结束。',
    en: 'Change {change} names a deputy’s grant that is unknown or over.',
  },
  placeholders_open: {
    status: 422,
    zh: '模板中还有空没有填：{open}。请在 values 中给出机关代码或登录名。',
    en: 'Placeholders of the template have no value: {open}. Give each an organ’s code or a sign-in name in values.',
  },
  placeholder_unknown: {
    status: 422,
    zh: '模板中没有这些空：{unknown}。请对照模板的 organs 和 people。',
    en: 'The template has no placeholders {unknown}. See its organs and people.',
  },
  // the search of the public site
  search_too_short: {
    status: 400,
    zh: '请至少写两个相连的字、字母或数字，例如：结转。单个的字几乎每份报告里都有。',
    en: 'Write at least two characters, letters or digits in a row. Single ones stand in almost every report.',
  },
  search_too_long: {
    status: 400,
    zh: '要找的内容请不超过 {most} 个字：写几个关键的词，用空格隔开。',
    en: 'At most {most} characters. Write a few words that matter, with blanks between them.',
  },
  search_too_many_words: {
    status: 400,
    zh: '一次最多找 {most} 个词。请留下最要紧的几个。',
    en: 'At most {most} words at a time. Keep those that matter most.',
  },
  search_too_much: {
    status: 422,
    zh: '要比对的报告太多，没有在限定的时间内找完。请写得更长、更具体，或者选定年度和单位。',
    en: 'Too many reports would have to be compared in the time there is. Write a longer phrase, or choose a year and an office.',
  },
  search_busy: {
    status: 503,
    zh: '正在搜索的人较多，请过 {retryAfterSeconds} 秒再试。',
    en: 'Many people are searching. Try again in {retryAfterSeconds} seconds.',
  },
  search_unavailable: {
    status: 503,
    zh: '搜索暂时不能使用，请稍后再试。已公开的报告不受影响，可以从年度报告列表按年度和单位查找。',
    en: 'The search is not available now. Try again later. The reports themselves are: find them by year and office in the list.',
  },
  bad_district: { status: 422, zh: '地区定义有误：{problem}。', en: 'The district definition is wrong: {problem}.' },
} as const satisfies Record<string, RefusalText>;

export type RefusalCode = keyof typeof refusals;

/** True when the text is a refusal code of this table. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}

/** One value as a sentence shows it: lists enumerated, records as their values. */
function shown(value: unknown, language: 'zh' | 'en'): string {
  if (value === undefined || value === null) return '…';
  if (Array.isArray(value)) return value.map((item) => shown(item, language)).join(language === 'zh' ? '、' : ', ');
  if (typeof value === 'object')
    return Object.values(value)
      .map((item) => shown(item, language))
      .join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The sentence of a refusal with its data filled in; a missing value shows as `…`. */
export function refusalSentence(
  code: RefusalCode,
  language: 'zh' | 'en',
  data: Readonly<Record<string, unknown>>,
): string {
  return refusals[code][language].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => shown(data[name], language));
}
